const EDGE = 8;

/** Puts something that floats over the page above or below what it belongs to, wherever there is room for it. */
export function place(floating: HTMLElement, anchor: HTMLElement): void {
    const from = anchor.getBoundingClientRect();
    const { width, height } = floating.getBoundingClientRect();
    const { clientWidth, clientHeight } = document.documentElement;
    const above = from.top - height - EDGE;
    const top = above >= EDGE ? above : Math.min(from.bottom + EDGE, clientHeight - height - EDGE);
    const left = Math.min(from.left, clientWidth - width - EDGE);
    floating.style.top = `${Math.max(EDGE, top)}px`;
    floating.style.left = `${Math.max(EDGE, left)}px`;
}
