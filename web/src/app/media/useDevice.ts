import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { t } from '../i18n';
import { DeviceError } from '../../sdk/devices';
import { preferences } from '../lib/storage';

export type DeviceKind = 'camera' | 'microphone';

export interface DeviceState {
    /** What the person asked for; whether it could be had is told by `track` and `error`. */
    readonly on: boolean;
    readonly opening: boolean;
    readonly track?: MediaStreamTrack;
    readonly deviceId?: string;
    readonly error?: DeviceError;
}

export interface Device extends DeviceState {
    readonly kind: DeviceKind;
    /** `opened` is a device that is already being opened, together with another one. */
    turn(on: boolean, opened?: Promise<MediaStreamTrack>): void;
    /** Uses another camera or microphone, from now on and next time. */
    choose(deviceId: string): void;
    /** Lets go of the device, as on leaving; a later turn(true) opens it again. */
    release(): void;
}

type Open = (options: { readonly deviceId?: string }) => Promise<MediaStreamTrack>;

const KEYS = {
    camera: { on: 'cameraOn', id: 'cameraId' },
    microphone: { on: 'microphoneOn', id: 'microphoneId' },
} as const;

/**
 * One camera or microphone as the person wants it. A camera that is off is closed, so that its light goes out; a microphone
 * that is off stays open but silent, so that unmuting takes no time.
 */
export function useDevice(kind: DeviceKind, open: Open): Device {
    const [state, setState] = useState<DeviceState>(() => remembered(kind));
    const current = useRef(state);
    const turnNumber = useRef(0);

    const update = useCallback((change: (old: DeviceState) => DeviceState) => {
        current.current = change(current.current);
        setState(current.current);
    }, []);

    const close = useCallback(() => {
        turnNumber.current++;
        current.current.track?.stop();
    }, []);

    const start = useCallback(async (deviceId: string | undefined, opened?: Promise<MediaStreamTrack>) => {
        close();
        const mine = turnNumber.current;
        update((old) => ({ ...without(old, 'track', 'error'), on: true, opening: true }));
        const outcome = await openOrFallBack(open, deviceId, opened);
        if (mine !== turnNumber.current) {
            outcome.track?.stop();
            return;
        }
        // Muted again while the browser was still asking.
        if (outcome.track !== undefined) {
            outcome.track.enabled = current.current.on;
        }
        update((old) => ({ ...without(old, 'track', 'error'), opening: false, ...outcome,
            on: old.on && outcome.track !== undefined }));
    }, [close, open, update]);

    const turn = useCallback((on: boolean, opened?: Promise<MediaStreamTrack>) => {
        preferences.rememberDevice(KEYS[kind].on, on ? undefined : 'off');
        const { track, opening, deviceId } = current.current;
        const alive = track?.readyState === 'live';
        if (on && !alive && !opening) {
            void start(deviceId, opened);
            return;
        }
        opened?.then((unused) => unused.stop(), () => undefined);
        if (!on && kind === 'camera') {
            close();
            update((old) => ({ ...without(old, 'track', 'error'), on: false, opening: false }));
        } else {
            if (track !== undefined) {
                track.enabled = on;
            }
            update((old) => ({ ...old, on }));
        }
    }, [close, kind, start, update]);

    const choose = useCallback((deviceId: string) => {
        preferences.rememberDevice(KEYS[kind].id, deviceId);
        update((old) => ({ ...old, deviceId }));
        if (current.current.on) {
            void start(deviceId);
        }
    }, [kind, start, update]);

    const release = useCallback(() => {
        close();
        update((old) => ({ ...without(old, 'track'), opening: false }));
    }, [close, update]);

    useTrackEnd(state.track, useCallback(() => {
        const message = t(`device.gone.${kind}`);
        update((old) => ({ ...without(old, 'track'), on: false, error: new DeviceError('missing', message) }));
    }, [kind, update]));

    return useMemo(() => ({ ...state, kind, turn, choose, release }), [state, kind, turn, choose, release]);
}

function remembered(kind: DeviceKind): DeviceState {
    const deviceId = preferences.device(KEYS[kind].id);
    return { on: preferences.device(KEYS[kind].on) !== 'off', opening: false, ...(deviceId !== undefined && { deviceId }) };
}

function without(state: DeviceState, ...fields: ('track' | 'error')[]): DeviceState {
    const copy = { ...state };
    fields.forEach((field) => delete copy[field]);
    return copy;
}

/** A remembered device may be gone; any other of its kind is better than none. */
async function openOrFallBack(open: Open, deviceId: string | undefined,
    opened?: Promise<MediaStreamTrack>): Promise<Pick<DeviceState, 'track' | 'error'>> {
    try {
        return { track: await (opened ?? open(deviceId === undefined ? {} : { deviceId })) };
    } catch (error) {
        const known = error instanceof DeviceError ? error : new DeviceError('unknown', String(error));
        return known.kind === 'missing' && deviceId !== undefined ? openOrFallBack(open, undefined) : { error: known };
    }
}

/** 'ended' fires only when the device itself goes away, not when the track is stopped by the page. */
function useTrackEnd(track: MediaStreamTrack | undefined, onEnd: () => void): void {
    useEffect(() => {
        track?.addEventListener('ended', onEnd);
        return () => track?.removeEventListener('ended', onEnd);
    }, [track, onEnd]);
}
