import type { Page } from 'puppeteer-core';
import type { Person } from './person.ts';

/** What a browser receives of one stream. */
export interface Incoming {
    readonly track: string;
    readonly kind: 'audio' | 'video';
    readonly packets: number;
}

type Probed = { parleyProbe: { connections: RTCPeerConnection[] } };

/** Every stream that the page is set up to receive. */
export function incoming(person: Person): Promise<Incoming[]> {
    return person.page.evaluate(async () => {
        const { connections } = (globalThis as unknown as Probed).parleyProbe;
        const reports = await Promise.all(connections.map((connection) => connection.getStats()));
        return reports.flatMap((report) => [...report.values()]).filter(({ type }) => type === 'inbound-rtp')
            .map(({ trackIdentifier, kind, packetsReceived }) => ({ track: trackIdentifier, kind, packets: packetsReceived }));
    });
}

/** Of which streams anything arrives within that many milliseconds. */
export async function flowing(person: Person, kind: 'audio' | 'video', milliseconds = 500): Promise<string[]> {
    const before = new Map((await incoming(person)).map(({ track, packets }) => [track, packets]));
    await person.page.evaluate((time) => new Promise((resolve) => setTimeout(resolve, time)), milliseconds);
    return (await incoming(person)).filter((one) => one.kind === kind && one.packets > (before.get(one.track) ?? 0)).map(({ track }) => track).sort();
}

/** The local UDP ports that the page's media leaves from. */
export function localPorts(page: Page): Promise<number[]> {
    return page.evaluate(async () => {
        const { connections } = (globalThis as unknown as Probed).parleyProbe;
        const reports = await Promise.all(connections.map((connection) => connection.getStats()));
        return reports.flatMap((report) => [...report.values()]
            .filter((pair) => pair.type === 'candidate-pair' && pair.state === 'succeeded')
            .map((pair) => report.get(pair.localCandidateId)?.port as number));
    });
}

/**
 * Clicks, and tells for each picture that is new on the stage after it how many milliseconds passed until a frame was presented that
 * had arrived after the click.
 */
export function clickUntilFrames(page: Page, testId: string): Promise<number[]> {
    return page.evaluate(async (testId) => {
        const pictures = (): HTMLVideoElement[] => [...document.querySelectorAll<HTMLVideoElement>('[data-testid=tile][data-self=false] video')];
        const before = new Set(pictures());
        const clicked = performance.now();
        document.querySelector<HTMLElement>(`[data-testid=${testId}]`)!.click();
        await new Promise<void>((resolve) => {
            const look = (): void => (pictures().some((video) => !before.has(video)) ? resolve() : void requestAnimationFrame(look));
            look();
        });
        return Promise.all(pictures().filter((video) => !before.has(video)).map((video) => new Promise<number>((resolve) => {
            const next = (): void => void video.requestVideoFrameCallback((now, { receiveTime = now, presentationTime }) => {
                if (receiveTime >= clicked) resolve(Math.max(now, presentationTime) - clicked);
                else next();
            });
            next();
        })));
    }, testId);
}

/**
 * How long the page's main thread was at work in each of its tasks while something was done, the longest first; milliseconds of the
 * processor, so that other programs on the machine do not count.
 */
export async function tasksDuring(page: Page, work: () => Promise<void>): Promise<number[]> {
    await page.tracing.start({ categories: ['toplevel', 'disabled-by-default-devtools.timeline', '__metadata'] });
    await work();
    const trace = JSON.parse(new TextDecoder().decode(await page.tracing.stop())) as { traceEvents: TraceEvent[] };
    const main = new Set(trace.traceEvents.filter(({ name, args }) => name === 'thread_name' && args['name'] === 'CrRendererMain').map(threadOf));
    return trace.traceEvents.filter((event) => event.name === 'RunTask' && event.tdur !== undefined && main.has(threadOf(event)))
        .map(({ tdur }) => tdur! / 1_000).sort((a, b) => b - a);
}

interface TraceEvent {
    readonly name: string;
    readonly pid: number;
    readonly tid: number;
    readonly args: Record<string, unknown>;
    /** Microseconds of the processor. */
    readonly tdur?: number;
}

function threadOf({ pid, tid }: TraceEvent): string {
    return `${pid} ${tid}`;
}
