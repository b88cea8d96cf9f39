import { useLayoutEffect, useState } from 'react';
import { levelMeter } from '../../sdk/sound/levels';
import { MutedSpeech } from '../../sdk/sound/mutedSpeech';
import type { Device } from './useDevice';

const LISTEN_EVERY = 100;
const SHOWN_MILLIS = 6_000;

/**
 * Whether somebody is speaking into their muted microphone. It is listened to through a copy of the track: the track itself is
 * silent, and nothing of the copy leaves the page.
 */
export function useMutedSpeech({ track, on, opening }: Device): { readonly speaking: boolean; dismiss(): void } {
    const [speaking, setSpeaking] = useState(false);

    // Not useEffect: whoever opens a microphone anew counts on its copies having ended once the change is drawn.
    useLayoutEffect(() => {
        if (on || opening || track === undefined || track.readyState !== 'live') {
            return undefined;
        }
        const copy = track.clone();
        copy.enabled = true;
        const meter = levelMeter(copy);
        const speech = new MutedSpeech();
        let hide = 0;
        const timer = window.setInterval(() => {
            if (speech.hear(performance.now(), meter.level())) {
                setSpeaking(true);
                window.clearTimeout(hide);
                hide = window.setTimeout(() => setSpeaking(false), SHOWN_MILLIS);
            }
        }, LISTEN_EVERY);
        return () => {
            window.clearInterval(timer);
            window.clearTimeout(hide);
            meter.stop();
            copy.stop();
            setSpeaking(false);
        };
    }, [track, on, opening]);
    return { speaking, dismiss: () => setSpeaking(false) };
}
