import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { t } from '../i18n';
import { chooseDevice } from '../../sdk/deviceChoice';
import { DeviceError, watchDevices, type DeviceInfo } from '../../sdk/devices';
import { preferences } from '../lib/storage';

export type DeviceKind = 'camera' | 'microphone';

/** A change that nobody asked for: the device in use went away, or the chosen one came back. A new object each time. */
export interface DeviceNews {
    readonly why: 'gone' | 'returned' | 'first';
    /** The one in use from now on. */
    readonly label: string;
}

export interface DeviceState {
    /** What the person asked for; whether it could be had is told by `track` and `error`. */
    readonly on: boolean;
    readonly opening: boolean;
    readonly track?: MediaStreamTrack;
    readonly deviceId?: string;
    readonly error?: DeviceError;
    readonly news?: DeviceNews;
}

export interface Device extends DeviceState {
    readonly kind: DeviceKind;
    /** `opened` is a device that is already being opened, together with another one. */
    turn(on: boolean, opened?: Promise<MediaStreamTrack>): void;
    /** Uses another camera or microphone, from now on and next time. */
    choose(deviceId: string): void;
    /** Opens it anew: with other settings, or because it delivers nothing. */
    reopen(): void;
    /** Lets go of the device, as on leaving; a later turn(true) opens it again. */
    release(): void;
}

type Open = (options: { readonly deviceId?: string }) => Promise<MediaStreamTrack>;

interface Start {
    readonly deviceId: string | undefined;
    readonly on: boolean;
    readonly opened?: Promise<MediaStreamTrack> | undefined;
    readonly why?: DeviceNews['why'];
    /** Closes the one in use first: browsers share a device that is open already, with the settings that it has. */
    readonly anew?: boolean;
}

const KEYS = {
    camera: { on: 'cameraOn', id: 'cameraId', list: 'cameras' },
    microphone: { on: 'microphoneOn', id: 'microphoneId', list: 'microphones' },
} as const;

/**
 * One camera or microphone as the person wants it. A camera that is off is closed, so that its light goes out; a microphone
 * that is off stays open but silent, so that unmuting takes no time. One that is unplugged is replaced by another.
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

    const start = useCallback(async ({ deviceId, on, opened, why, anew = false }: Start) => {
        const before = current.current.track;
        // Many phones cannot open a second camera; a microphone goes on until the next one is there, so that no word is lost.
        const goesOn = kind === 'microphone' && !anew && before?.readyState === 'live';
        const mine = ++turnNumber.current;
        if (!goesOn) {
            before?.stop();
        }
        // A track that has stopped stays until there is another: the one takes the other's place, and nothing is sent anew.
        const begin = () => update((old) => ({ ...without(old, 'error'), on, opening: true }));
        if (anew) {
            flushSync(begin); // Whoever has a copy of the track lets go of it here.
        } else {
            begin();
        }
        const outcome = await openOrFallBack(open, deviceId, opened);
        if (mine !== turnNumber.current) {
            outcome.track?.stop();
            return;
        }
        const { track } = outcome;
        if (track === undefined && before?.readyState === 'live') {
            update((old) => ({ ...old, opening: false, ...outcome }));
            return;
        }
        if (track !== undefined) {
            // Muted again while the browser was still asking.
            track.enabled = current.current.on;
        }
        before?.stop();
        update((old) => ({ ...without(old, 'track', 'error'), opening: false, ...outcome,
            on: old.on && track !== undefined,
            ...(why !== undefined && track !== undefined && { news: { why, label: track.label } }) }));
    }, [kind, open, update]);

    const turn = useCallback((on: boolean, opened?: Promise<MediaStreamTrack>) => {
        preferences.rememberDevice(KEYS[kind].on, on ? undefined : 'off');
        const { track, opening, deviceId } = current.current;
        const alive = track?.readyState === 'live';
        if (on && !alive && !opening) {
            void start({ deviceId, on, opened });
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
        const { on, track } = current.current;
        if (on || track !== undefined) {
            void start({ deviceId, on });
        }
    }, [kind, start, update]);

    const reopen = useCallback(() => {
        const { on, track, opening, deviceId } = current.current;
        if (!opening && (on || track !== undefined)) {
            void start({ deviceId: track?.getSettings().deviceId ?? deviceId, on, anew: true });
        }
    }, [start]);

    const release = useCallback(() => {
        close();
        update((old) => ({ ...without(old, 'track'), opening: false }));
    }, [close, update]);

    /** The list changed, or the device in use stopped by itself. */
    const reconsider = useCallback((devices: readonly DeviceInfo[], ended: boolean) => {
        const { track, error, opening, on, deviceId } = current.current;
        if (opening || (track === undefined && error?.kind !== 'missing')) {
            return;
        }
        const used = track && { id: track.getSettings().deviceId ?? '', label: track.label };
        const choice = chooseDevice({ devices, used, preferred: deviceId, ended: ended || track?.readyState === 'ended' });
        if (choice.kind === 'switch') {
            // What was missing was wanted.
            void start({ deviceId: choice.device.id, on: on || used === undefined, why: choice.why });
        } else if (choice.kind === 'none') {
            const gone = new DeviceError('missing', t(`device.gone.${kind}`));
            track?.stop();
            update((old) => ({ ...without(old, 'track'), on: false, error: gone }));
        }
    }, [kind, start, update]);

    const list = useRef<readonly DeviceInfo[]>([]);
    useEffect(() => watchDevices((devices) => {
        list.current = devices[KEYS[kind].list];
        reconsider(list.current, false);
    }), [kind, reconsider]);
    useTrackEnd(state.track, useCallback(() => reconsider(list.current, true), [reconsider]));

    return useMemo(() => ({ ...state, kind, turn, choose, reopen, release }), [state, kind, turn, choose, reopen, release]);
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
