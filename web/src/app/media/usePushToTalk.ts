import { useCallback, useEffect, useRef, useState } from 'react';
import { PushToTalk } from '../../sdk/sound/pushToTalk';
import { useFrame } from '../lib/frame';
import { preferences } from '../lib/storage';
import type { Device } from './useDevice';

export interface PushToTalkSwitch {
    readonly on: boolean;
    turn(on: boolean): void;
}

/** Whether the space bar is to open the microphone: yes, unless it was turned off. */
export function usePushToTalkSwitch(): PushToTalkSwitch {
    const [on, setOn] = useState(() => preferences.device('pushToTalk') !== 'off');
    const turn = useCallback((on: boolean) => {
        preferences.rememberDevice('pushToTalk', on ? undefined : 'off');
        setOn(on);
    }, []);
    return { on, turn };
}

/** Lets the space bar open the microphone while it is held. True while one talks that way. */
export function usePushToTalk(microphone: Device, enabled: boolean): boolean {
    const [talking, setTalking] = useState(false);
    const current = useRef(microphone);
    const { keys: source } = useFrame();
    useEffect(() => {
        current.current = microphone;
    });

    useEffect(() => {
        if (!enabled) {
            return undefined;
        }
        const keys = new PushToTalk({
            talk(on) {
                setTalking(on);
                current.current.turn(on);
            },
            muted: () => !current.current.on,
        });
        const take = (act: (event: KeyboardEvent) => boolean) => (event: Event) => {
            // Else the page scrolls, or a button that was clicked last is pressed.
            if (act(event as KeyboardEvent)) {
                event.preventDefault();
                event.stopPropagation();
            }
        };
        const target = source();
        const down = take((event) => keys.down({ ...pressed(event), target: event.composedPath()[0] ?? event.target }));
        const up = take((event) => keys.up(event));
        const release = () => keys.release();
        const hidden = () => document.hidden && keys.release();
        target.addEventListener('keydown', down, { capture: true });
        target.addEventListener('keyup', up, { capture: true });
        window.addEventListener('blur', release);
        document.addEventListener('visibilitychange', hidden);
        return () => {
            keys.release();
            target.removeEventListener('keydown', down, { capture: true });
            target.removeEventListener('keyup', up, { capture: true });
            window.removeEventListener('blur', release);
            document.removeEventListener('visibilitychange', hidden);
        };
    }, [enabled, source]);
    return talking;
}

function pressed({ code, repeat, ctrlKey, altKey, metaKey, shiftKey }: KeyboardEvent) {
    return { code, repeat, ctrlKey, altKey, metaKey, shiftKey };
}
