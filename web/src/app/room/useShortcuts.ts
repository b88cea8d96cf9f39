import { useEffect, useRef } from 'react';
import { useFrame } from '../lib/frame';
import { innermost, isAside, isShortcut } from '../lib/shortcuts';
import { preferences } from '../lib/storage';

/**
 * Calls the action of a single key (lower case, or 'Escape') that is pressed anywhere but in a text field, a dialog or a menu.
 * Letters act only while the person has not switched shortcuts off.
 */
export function useShortcuts(actions: Readonly<Record<string, () => void>>): void {
    const current = useRef(actions);
    const { keys } = useFrame();
    useEffect(() => {
        current.current = actions;
    });

    useEffect(() => {
        const press = (event: Event) => {
            if (!(event instanceof KeyboardEvent)) {
                return;
            }
            const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
            const action = Object.hasOwn(current.current, key) ? current.current[key] : undefined;
            // Escape also leaves a text field; letters do not act there.
            const meant = key === 'Escape'
                ? !isAside(innermost(event)) && !event.defaultPrevented
                : isShortcut(event) && preferences.shortcuts();
            if (action !== undefined && meant) {
                event.preventDefault();
                action();
            }
        };
        const target = keys();
        target.addEventListener('keydown', press);
        return () => target.removeEventListener('keydown', press);
    }, [keys]);
}
