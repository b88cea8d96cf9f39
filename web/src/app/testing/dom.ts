import { configure, fireEvent as fire } from '@testing-library/dom';
import { options } from 'preact';
import { act } from 'preact/test-utils';
import { createRoot, type Root } from 'react-dom/client';
import type { ReactNode } from 'react';

export { configure, screen, waitFor, within } from '@testing-library/dom';
export { act };

// What an event changes is on the page, effects included, once the event has been given out.
configure({
    eventWrapper: (give) => {
        let result: unknown;
        void act(() => {
            result = give();
        });
        return result;
    },
});
// Else effects wait for the next picture, and nothing is painted here.
options.requestAnimationFrame = (effects) => queueMicrotask(effects as () => void);

const roots: { readonly root: Root; readonly place: Element }[] = [];

export function render(page: ReactNode): void {
    const place = document.body.appendChild(document.createElement('div'));
    const root = createRoot(place);
    roots.push({ root, place });
    void act(() => root.render(page));
}

export function cleanup(): void {
    roots.splice(0).forEach(({ root, place }) => {
        root.unmount();
        place.remove();
    });
}

/** As browsers do it, an `input` event goes before `change`; while text is typed there are only those. */
function change(element: Element, init: { readonly target: object }): void {
    fire.input(element, init);
    fire.change(element);
}

export const fireEvent = Object.assign((element: Element, event: Event) => fire(element, event), { ...fire, change });
