import { useEffect, useRef, type RefObject } from 'react';
import { levelMeter } from '../../sdk/sound/levels';

/**
 * Writes a microphone's loudness, 0 to 1, to the CSS property `--level` of the returned element, once per frame and without
 * drawing anything anew.
 */
export function useLevel<E extends HTMLElement>(track: MediaStreamTrack | undefined): RefObject<E | null> {
    const element = useRef<E>(null);

    useEffect(() => {
        if (track === undefined) {
            element.current?.style.setProperty('--level', '0');
            return undefined;
        }
        const meter = levelMeter(track);
        let shown = 0;
        let frame = requestAnimationFrame(function draw() {
            const level = meter.level();
            // Up at once, down slowly: as people expect of a meter.
            shown = Math.max(level, shown * 0.9);
            element.current?.style.setProperty('--level', shown.toFixed(3));
            frame = requestAnimationFrame(draw);
        });
        return () => {
            cancelAnimationFrame(frame);
            meter.stop();
        };
    }, [track]);
    return element;
}
