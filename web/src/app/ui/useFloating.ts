import { useEffect, useLayoutEffect, type RefObject } from 'react';
import { place } from './place';

/** Shows an element over the page beside its button, with the focus on what `first` finds in it, until something else is pressed. */
export function useFloating(box: RefObject<HTMLElement | null>, anchor: RefObject<HTMLElement | null>, first: string,
    onClose: () => void): void {
    useLayoutEffect(() => {
        const element = box.current;
        if (element !== null && anchor.current !== null) {
            // The top layer: no scrolling box or tile can cut it off.
            element.showPopover?.();
            place(element, anchor.current);
            element.querySelector<HTMLElement>(first)?.focus();
        }
    }, [box, anchor, first]);

    useEffect(() => {
        const away = (event: Event) => {
            const path = event.composedPath();
            if (![box.current, anchor.current].some((element) => element !== null && path.includes(element))) {
                onClose();
            }
        };
        window.addEventListener('pointerdown', away, true);
        window.addEventListener('resize', onClose);
        return () => {
            window.removeEventListener('pointerdown', away, true);
            window.removeEventListener('resize', onClose);
        };
    }, [box, anchor, onClose]);
}
