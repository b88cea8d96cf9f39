import { useLayoutEffect, useState } from 'react';
import { openWantedMicrophone } from '../media/openDevices';
import type { Device } from '../media/useDevice';

/**
 * The microphone for measuring and testing, whether it is muted or not: a copy of the one in use, or, if none is, one that is open
 * for as long as the settings are.
 */
export function useTestTrack({ track, opening, deviceId }: Device): MediaStreamTrack | undefined {
    const [own, setOwn] = useState<MediaStreamTrack>();

    // Not useEffect: whoever opens a microphone anew counts on its copies having ended once the change is drawn.
    useLayoutEffect(() => {
        if (opening) {
            return undefined;
        }
        let current = true;
        let opened: MediaStreamTrack | undefined;
        const use = (copy: MediaStreamTrack) => {
            opened = copy;
            copy.enabled = true;
            if (current) {
                setOwn(copy);
            } else {
                copy.stop();
            }
        };
        if (track !== undefined) {
            use(track.clone());
        } else {
            // Why it cannot be had is told where it is turned on.
            openWantedMicrophone(deviceId === undefined ? {} : { deviceId }).then(use, () => undefined);
        }
        return () => {
            current = false;
            opened?.stop();
            setOwn(undefined);
        };
    }, [track, opening, deviceId]);
    return own;
}
