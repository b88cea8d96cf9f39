import { useEffect, useRef, type RefObject } from 'react';

/** Has the focus as soon as it is there. The attribute `autofocus` does that only once for a page. */
export function useFirstFocus<E extends HTMLElement>(wanted = true): RefObject<E | null> {
    const element = useRef<E>(null);
    useEffect(() => {
        if (wanted) {
            element.current?.focus();
        }
        // Only when it comes, not when something about it changes.
    }, []);
    return element;
}
