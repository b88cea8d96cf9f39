import type { Page } from 'puppeteer-core';

/** How somebody's picture went on, as somebody else saw it. */
export interface Seen {
    /** The longest time without a new decoded frame, milliseconds. */
    readonly gap: number;
    /** How long there was no tile at all, milliseconds. */
    readonly absent: number;
    /** Whether the page said meanwhile that sound and picture were being connected again. */
    readonly said: boolean;
}

interface Watch {
    stop(): Seen;
}

/** Watches the picture of somebody until {@link stopWatching}. */
export async function startWatching(page: Page, name: string): Promise<void> {
    await page.evaluate((name) => {
        let last = performance.now();
        let gap = 0;
        let absent = 0;
        let said = false;
        let looked = last;
        let watched: HTMLVideoElement | undefined;
        const frame = (): void => {
            const now = performance.now();
            gap = Math.max(gap, now - last);
            last = now;
        };
        const next = (video: HTMLVideoElement): void => {
            video.requestVideoFrameCallback(() => {
                if (video !== watched) return;
                frame();
                next(video);
            });
        };
        const timer = setInterval(() => {
            const now = performance.now();
            const tiles = [...document.querySelectorAll<HTMLElement>('[data-testid=tile][data-source=camera]')];
            const tile = tiles.find(({ dataset }) => dataset['name'] === name);
            if (!tile) absent += now - looked;
            looked = now;
            said ||= document.querySelector('[data-testid=recovering]') !== null;
            const video = tile?.querySelector('video') ?? undefined;
            if (video && video !== watched) next((watched = video));
        }, 20);
        const watch: Watch = {
            stop: () => {
                clearInterval(timer);
                watched = undefined;
                return { gap: Math.round(Math.max(gap, performance.now() - last)), absent: Math.round(absent), said };
            },
        };
        (globalThis as unknown as { parleyWatch?: Watch }).parleyWatch = watch;
    }, name);
}

export function stopWatching(page: Page): Promise<Seen> {
    return page.evaluate(() => (globalThis as unknown as { parleyWatch: Watch }).parleyWatch.stop());
}
