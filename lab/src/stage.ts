import type { Page } from 'puppeteer-core';
import type { Guest } from './guest.ts';
import type { Person, Room } from './person.ts';

export interface StageTile {
    readonly name: string;
    readonly source: string;
    /** Square pixels. */
    readonly area: number;
    readonly pinned: boolean;
    readonly self: boolean;
}

/** What is on the stage, in its order. */
export function stageTiles({ page }: Person): Promise<StageTile[]> {
    return page.$$eval('[data-testid=tile]', (tiles) => tiles.map((tile) => {
        const { dataset, offsetWidth, offsetHeight } = tile as HTMLElement;
        const { name = '', source = '', pinned, self } = dataset;
        return { name, source, area: offsetWidth * offsetHeight, pinned: pinned === 'true', self: self === 'true' };
    }));
}

/** Who is much larger than the others. */
export async function large(person: Person): Promise<string | undefined> {
    const [first, second] = (await stageTiles(person)).sort((a, b) => b.area - a.area);
    return first && second && first.area > 3 * second.area ? first.name : undefined;
}

/** Chooses from the room's menu. */
export async function choose(person: Person, item: string): Promise<void> {
    await person.press('more-button');
    await person.press(`menu-${item}`);
}

/** Chooses from the menu of somebody's tile. */
export async function chooseOf(person: Person, name: string, item: string, source = 'camera'): Promise<void> {
    const tile = await person.page.waitForSelector(`[data-testid=tile][data-name="${name}"][data-source=${source}]`);
    await tile!.hover();
    await (await tile!.$('[data-testid=tile-menu]'))!.click();
    await person.press(`menu-${item}`);
}

/** Joins with a small picture of so many frames a second, and sound if it is to be heard. */
export async function joinSending(guest: Guest, { link, code }: Room, frameRate: number, sound = true): Promise<void> {
    await guest.do('join', { roomId: new URL(link).searchParams.get('room')!, code }, guest.name, true);
    await guest.do('publishVideo', 'video/VP8', 160, 90, frameRate);
    if (sound) await guest.do('publishAudio');
}

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

/** The local UDP ports that a page's media may leave from; what an address translator made of them is left out. */
export function localPorts(page: Page): Promise<number[]> {
    return page.evaluate(async () => {
        const { connections } = (globalThis as unknown as Probed).parleyProbe;
        const reports = await Promise.all(connections.map((connection) => connection.getStats()));
        return reports.flatMap((report) => [...report.values()])
            .filter(({ type, candidateType }) => type === 'local-candidate' && candidateType === 'host')
            .map(({ port }) => port as number);
    });
}

/** How a picture that was not on the stage came back; milliseconds after the click. */
export interface Back {
    /** The first of its new frames was here. */
    readonly arrived: number;
    /** It was shown. */
    readonly shown: number;
    /** There was something to see before that: what the tile showed last. */
    readonly still: boolean;
}

/** Clicks, and tells of each picture that is on the stage only after it how it came. */
export function clickUntilFrames(page: Page, testId: string): Promise<Back[]> {
    return page.evaluate(async (testId) => {
        const pictures = (): HTMLVideoElement[] => [...document.querySelectorAll<HTMLVideoElement>('[data-testid=tile][data-self=false] video')];
        const before = new Set(pictures());
        const clicked = performance.now();
        document.querySelector<HTMLElement>(`[data-testid=${testId}]`)!.click();
        await new Promise<void>((resolve) => {
            const look = (): void => (pictures().some((video) => !before.has(video)) ? resolve() : void requestAnimationFrame(look));
            look();
        });
        return Promise.all(pictures().filter((video) => !before.has(video)).map((video) => new Promise<Back>((resolve) => {
            const still = video.readyState >= 2 || video.parentElement!.querySelector('canvas') !== null;
            const next = (): void => void video.requestVideoFrameCallback((now, { receiveTime = now, presentationTime }) => {
                if (receiveTime < clicked) return next();
                resolve({ arrived: receiveTime - clicked, shown: Math.max(now, presentationTime) - clicked, still });
            });
            next();
        })));
    }, testId);
}

/** How long the main thread was at work in one task; milliseconds. */
export interface Task {
    /** Of the processor, so that other programs on the machine do not count. */
    readonly work: number;
    /** By the clock. */
    readonly time: number;
}

/** The tasks of the page's main thread while something was done, that with the most work first. */
export async function tasksDuring(page: Page, work: () => Promise<void>): Promise<Task[]> {
    await page.tracing.start({ categories: ['toplevel', 'disabled-by-default-devtools.timeline', '__metadata'] });
    await work();
    const trace = JSON.parse(new TextDecoder().decode(await page.tracing.stop())) as { traceEvents: TraceEvent[] };
    const main = new Set(trace.traceEvents.filter(({ name, args }) => name === 'thread_name' && args['name'] === 'CrRendererMain').map(threadOf));
    return trace.traceEvents.filter((event) => event.name === 'RunTask' && event.tdur !== undefined && main.has(threadOf(event)))
        .map(({ tdur = 0, dur = 0 }) => ({ work: tdur / 1_000, time: dur / 1_000 })).sort((a, b) => b.work - a.work);
}

interface TraceEvent {
    readonly name: string;
    readonly pid: number;
    readonly tid: number;
    readonly args: Record<string, unknown>;
    /** Microseconds by the clock. */
    readonly dur?: number;
    /** Microseconds of the processor. */
    readonly tdur?: number;
}

function threadOf({ pid, tid }: TraceEvent): string {
    return `${pid} ${tid}`;
}
