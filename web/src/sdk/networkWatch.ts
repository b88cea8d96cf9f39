import { networkInformation } from './engine';

/**
 * `moved`: this is another network than before, or it was away. `woke`: the computer slept, or the page was hidden for long, and
 * whether the connection still stands has to be looked at.
 */
export type NetworkNews = 'moved' | 'woke';

const BEAT = 2_000;
/** A beat that is this late means that nothing ran meanwhile; browsers slow hidden pages down to one beat a minute. */
const ASLEEP = 75_000;
const HIDDEN_FOR_LONG = 10_000;

/** Watches what the browser tells of the network; returns the way to stop it. */
export function watchNetwork(tell: (news: NetworkNews) => void): () => void {
    const stops: (() => void)[] = [];
    const listen = (target: Partial<EventTarget> | undefined, name: string, listener: () => void): void => {
        target?.addEventListener?.(name, listener);
        stops.push(() => target?.removeEventListener?.(name, listener));
    };

    listen(globalThis as unknown as EventTarget, 'online', () => tell('moved'));

    // Also told whenever the estimated speed changes, which means nothing here.
    const information = networkInformation();
    let type = information?.type;
    listen(information, 'change', () => {
        const before = type;
        type = information?.type;
        if (type !== before && type !== 'none') tell('moved');
    });

    const page = globalThis.document as Document | undefined;
    let hiddenAt = Date.now();
    listen(page, 'visibilitychange', () => {
        if (page?.visibilityState !== 'visible') hiddenAt = Date.now();
        else if (Date.now() - hiddenAt > HIDDEN_FOR_LONG) tell('woke');
    });

    let beat = Date.now();
    const timer = setInterval(() => {
        const late = Date.now() - beat;
        beat = Date.now();
        if (late > ASLEEP) tell('woke');
    }, BEAT);
    (timer as { unref?(): void }).unref?.();
    stops.push(() => clearInterval(timer));

    return () => stops.forEach((stop) => stop());
}
