import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { blurBackground, canBlurBackground, type BackgroundBlur } from '../../sdk/blurLater';
import { canBlur, isBlurred, setBlur } from '../../sdk/devices';
import { preferences } from '../lib/storage';
import { wantsBlur } from './openDevices';
import type { Device } from './useDevice';

/** Why the background is not as it was to be: it would have cost the frame rate, or it does not work here at all. */
export type BlurTrouble = 'slow' | 'failed';

export interface BlurSwitch {
    /** Whether there is a way to do it, with the camera that is open. */
    readonly offered: boolean;
    readonly on: boolean;
    /** By the camera or the system, and not by this page. */
    readonly bySystem: boolean;
    readonly trouble?: BlurTrouble;
    turn(on: boolean): void;
}

export interface Camera extends Device {
    /** What is shown and sent; `track` is what the device gives. None while the device is closed, or is not to be seen yet. */
    readonly picture?: MediaStreamTrack;
    readonly blur: BlurSwitch;
}

/**
 * The camera with its background blurred where the person wants that: by the system where it can, else in this page. Who wants it
 * is not shown without it, unless it turns out to be too slow, which is said.
 */
export function useBlur(device: Device): Camera {
    const { track } = device;
    const [on, setOn] = useState(wantsBlur);
    const [trouble, setTrouble] = useState<BlurTrouble>();
    const bySystem = track !== undefined && canBlur(track);
    const own = on && track !== undefined && trouble !== 'slow' && !isBlurred(track) && canBlurBackground();
    const blur = useOwnBlur(own ? track : undefined, setTrouble);

    // Who is seen already goes on being seen until the blur is there; who was not yet is not.
    const seen = useRef<MediaStreamTrack>(undefined);
    const picture = own ? blur?.track ?? (seen.current === track ? track : undefined) : track;
    useEffect(() => {
        if (picture === track) {
            seen.current = track;
        }
    }, [picture, track]);

    const turn = useCallback((wanted: boolean) => {
        preferences.rememberDevice('blur', wanted ? 'on' : undefined);
        setTrouble(undefined);
        const done = track !== undefined && canBlur(track) ? setBlur(track, wanted) : Promise.resolve(true);
        void done.then(() => setOn(wanted));
    }, [track]);

    return useMemo(() => ({
        ...device,
        ...(picture !== undefined && { picture }),
        blur: { offered: bySystem || canBlurBackground(), on: on && trouble !== 'slow', bySystem, turn, ...(trouble !== undefined && { trouble }) },
    }), [device, picture, bySystem, on, trouble, turn]);
}

/** The blur made in this page, for as long as there is a camera for it. */
function useOwnBlur(camera: MediaStreamTrack | undefined, onTrouble: (trouble: BlurTrouble) => void): BackgroundBlur | undefined {
    const [blur, setBlur] = useState<BackgroundBlur>();
    const current = useRef(camera);
    const wanted = camera !== undefined;

    useEffect(() => {
        current.current = camera;
        if (camera !== undefined) {
            blur?.setCamera(camera);
        }
    }, [blur, camera]);

    useEffect(() => {
        if (!wanted || current.current === undefined) {
            return undefined;
        }
        let made: BackgroundBlur | undefined;
        let gone = false;
        blurBackground(current.current).then((blur) => {
            made = blur;
            if (gone) {
                blur.close();
                return;
            }
            blur.subscribe(() => {
                const { state } = blur.getSnapshot();
                if (state === 'slow' || state === 'failed') {
                    onTrouble(state);
                }
            });
            setBlur(blur);
        }, () => gone || onTrouble('failed'));
        return () => {
            gone = true;
            made?.close();
            setBlur(undefined);
        };
    }, [wanted, onTrouble]);
    return wanted ? blur : undefined;
}
