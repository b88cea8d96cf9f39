import { useEffect, useRef } from 'react';
import { isShortcut } from '../lib/shortcuts';

/** Calls the action of a single key (lower case, or 'Escape') that is pressed anywhere but in a text field. */
export function useShortcuts(actions: Readonly<Record<string, () => void>>): void {
    const current = useRef(actions);
    useEffect(() => {
        current.current = actions;
    });

    useEffect(() => {
        const press = (event: KeyboardEvent) => {
            const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
            const action = Object.hasOwn(current.current, key) ? current.current[key] : undefined;
            // Escape also leaves a text field; letters do not act there.
            if (action !== undefined && (key === 'Escape' || isShortcut(event))) {
                event.preventDefault();
                action();
            }
        };
        window.addEventListener('keydown', press);
        return () => window.removeEventListener('keydown', press);
    }, []);
}
