import { useEffect, useLayoutEffect, useRef, type RefObject } from 'react';
import type { Rect } from '../lib/layout';

const ID = 'flip';
const TIMING = { id: ID, duration: 280, easing: 'cubic-bezier(0.2, 0.8, 0.2, 1)' };
/** While the window is being resized tiles follow it at once; milliseconds after its last change. */
const RESIZING = 150;

export interface Placed {
    readonly key: string;
    readonly rect: Rect;
}

/**
 * Lets tiles glide to their new places. Size and place are set at once, and an animation of `transform` alone, which costs no layout,
 * leads there from where the tile was seen last. Where it was is known from the layout and not measured.
 *
 * @param stage its children have their key in `data-key`
 * @param placed the same object while nothing changes
 */
export function useFlip(stage: RefObject<HTMLElement | null>, placed: readonly Placed[]): void {
    const before = useRef<ReadonlyMap<string, Rect>>(new Map());
    const resized = useRef(Number.NEGATIVE_INFINITY);

    useEffect(() => {
        const note = () => {
            resized.current = performance.now();
        };
        window.addEventListener('resize', note);
        return () => window.removeEventListener('resize', note);
    }, []);

    useLayoutEffect(() => {
        const then = before.current;
        const now = new Map(placed.map(({ key, rect }) => [key, rect]));
        before.current = now;
        const still = performance.now() - resized.current < RESIZING || window.matchMedia?.('(prefers-reduced-motion: reduce)').matches !== false;
        if (still || stage.current === null) {
            return;
        }
        const moves = [...stage.current.children].flatMap((child) => {
            const element = child as HTMLElement;
            const [from, to] = [then.get(element.dataset['key'] ?? ''), now.get(element.dataset['key'] ?? '')];
            return from && to && differs(from, to) ? [{ element, from: seen(element, from), to }] : [];
        });
        // All is read above before anything is written here.
        for (const { element, from, to } of moves) {
            element.getAnimations().filter(({ id }) => id === ID).forEach((animation) => animation.cancel());
            element.animate([
                { transform: `translate(${from.x}px, ${from.y}px) scale(${from.width / to.width}, ${from.height / to.height})` },
                { transform: `translate(${to.x}px, ${to.y}px)` },
            ], TIMING);
        }
    }, [stage, placed]);
}

/** Where a tile is to be seen now: under way if it is moving. */
function seen(element: HTMLElement, rect: Rect): Rect {
    if (!element.getAnimations().some(({ id, playState }) => id === ID && playState === 'running')) {
        return rect;
    }
    const { a, d, e, f } = new DOMMatrixReadOnly(getComputedStyle(element).transform);
    return { x: e, y: f, width: rect.width * a, height: rect.height * d };
}

function differs(a: Rect, b: Rect): boolean {
    return a.x !== b.x || a.y !== b.y || a.width !== b.width || a.height !== b.height;
}
