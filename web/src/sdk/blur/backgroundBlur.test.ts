import { beforeEach, describe, expect, test } from 'vitest';
import { BackgroundBlur } from './backgroundBlur';
import type { FrameListener } from './frames';
import type { Mask, MaskMaker } from './maskMaker';

const SIZE = { width: 2, height: 2 };
const MASK: Mask = { alpha: Uint8Array.of(0, 255, 0, 255), millis: 6 };

/** Gives masks when it is told to. */
class Maker implements MaskMaker {
    readonly size = SIZE;
    asked = 0;
    forgotten = 0;
    closed = false;
    start!: () => void;
    refuse!: (error: Error) => void;
    readonly ready = new Promise<void>((resolve, reject) => {
        this.start = resolve;
        this.refuse = reject;
    });
    give: ((mask: Mask) => void) | undefined;
    fail: ((error: Error) => void) | undefined;

    make(): Promise<Mask> {
        this.asked++;
        return new Promise((resolve, reject) => {
            this.give = resolve;
            this.fail = reject;
        });
    }

    forget(): void {
        this.forgotten++;
    }

    close(): void {
        this.closed = true;
    }
}

class Track {
    readyState = 'live';
    contentHint = '';
    stop(): void {
        this.readyState = 'ended';
    }
}

/** Notes of each picture whether anything in it was in focus. */
class Paper {
    readonly canvas = { captureStream: () => ({ getVideoTracks: () => [new Track()] }) } as unknown as HTMLCanvasElement;
    readonly painted: ('blurred' | 'person')[] = [];
    readonly widths: number[] = [];
    closed = false;
    private masked = false;

    paint(_: unknown, widest: number): void {
        this.painted.push(this.masked ? 'person' : 'blurred');
        this.widths.push(widest);
    }

    setMask(mask: Mask | undefined): void {
        this.masked = mask !== undefined;
    }

    take(): ImageData {
        return {} as ImageData;
    }

    close(): void {
        this.closed = true;
    }
}

let now: number;
let maker: Maker;
let paper: Paper;
let listener: FrameListener;
let watched: unknown[];
let stopped: boolean;
let blur: BackgroundBlur;
const camera = (): MediaStreamTrack => new Track() as unknown as MediaStreamTrack;

beforeEach(() => {
    now = 1_000;
    maker = new Maker();
    paper = new Paper();
    watched = [];
    stopped = false;
    const frames = (given: FrameListener) => {
        listener = given;
        return { watch: (track: unknown) => void watched.push(track), close: () => void (stopped = true) };
    };
    blur = new BackgroundBlur({ maker, picture: paper, frames, clock: () => now });
    blur.setCamera(camera());
});

const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
const state = (): string => blur.getSnapshot().state;

/** The camera goes on for so long, thirty frames a second. Masks come after so many milliseconds, or never. */
async function run(seconds: number, millis?: number): Promise<void> {
    for (const end = now + seconds * 1000; now < end; now += 1000 / 30) {
        if (millis !== undefined && maker.give !== undefined && now - askedAt >= millis) {
            maker.give({ ...MASK, millis });
            maker.give = undefined;
            await settle();
        }
        const before = maker.asked;
        listener.frame({} as HTMLVideoElement, now, 1);
        if (maker.asked > before) askedAt = now;
        listener.beat(now);
    }
}
let askedAt = 0;

async function begin(): Promise<void> {
    maker.start();
    await settle();
    await run(0.1);
    maker.give!(MASK);
    await settle();
}

describe('the blur', () => {
    test('blurs everything until it is known where the person is', async () => {
        await run(1);
        expect(maker.asked).toBe(0);
        maker.start();
        await settle();
        await run(0.5);
        expect(maker.asked).toBe(1);
        expect(new Set(paper.painted)).toEqual(new Set(['blurred']));
        expect(state()).toBe('starting');
        maker.give!(MASK);
        await settle();
        await run(0.05);
        expect(paper.painted.at(-1)).toBe('person');
        expect(state()).toBe('on');
    });

    test('asks for no more masks than it may', async () => {
        await begin();
        const before = maker.asked;
        await run(10, 1);
        expect(maker.asked - before).toBeGreaterThan(140);
        expect(maker.asked - before).toBeLessThan(160);
    });

    test('blurs everything again for another camera, also when a mask of the one before comes late', async () => {
        await begin();
        await run(0.2);
        const late = maker.give!;
        const track = blur.track;
        const next = camera();
        blur.setCamera(next);
        expect(watched.at(-1)).toBe(next);
        expect(maker.forgotten).toBe(2);
        late(MASK);
        await settle();
        const from = paper.painted.length;
        await run(0.3);
        expect(new Set(paper.painted.slice(from))).toEqual(new Set(['blurred']));
        maker.give!(MASK);
        await settle();
        await run(0.05);
        expect(paper.painted.at(-1)).toBe('person');
        expect(blur.track).toBe(track);
    });

    test('blurs everything when masks stop coming', async () => {
        await begin();
        await run(1.4);
        expect(paper.painted.at(-1)).toBe('person');
        await run(0.4);
        expect(paper.painted.at(-1)).toBe('blurred');
    });

    test('is given up when it is too slow, is said once, and paints on', async () => {
        await begin();
        const told: string[] = [];
        blur.subscribe(() => told.push(`${state()} ${blur.getSnapshot().masksPerSecond}`));
        await run(40, 900);
        expect(told).toEqual(['on 8', 'on 5', 'slow 5']);
        expect(maker.closed).toBe(true);
        expect(paper.widths.at(-1)).toBe(640);
        const before = paper.painted.length;
        await run(1);
        expect(paper.painted.length).toBeGreaterThan(before + 25);
        expect(paper.painted.at(-1)).toBe('blurred');
    });

    test('stays blurred as a whole where it never works', async () => {
        maker.refuse(new Error('no'));
        await settle();
        expect(state()).toBe('failed');
        await run(1);
        expect(new Set(paper.painted)).toEqual(new Set(['blurred']));
    });

    test('that is too slow for even a first mask has failed', async () => {
        maker.start();
        await settle();
        await run(60);
        expect(state()).toBe('failed');
        expect(new Set(paper.painted)).toEqual(new Set(['blurred']));
    });

    test('has failed when its model never comes', async () => {
        await run(44);
        expect(state()).toBe('starting');
        await run(2);
        expect(state()).toBe('failed');
    });

    test('has failed when the maker breaks', async () => {
        await begin();
        await run(0.2);
        maker.fail!(new Error('out of memory'));
        await settle();
        expect(state()).toBe('failed');
        await run(0.1);
        expect(paper.painted.at(-1)).toBe('blurred');
    });

    test('lets go of everything, but not of the camera', async () => {
        await begin();
        blur.close();
        expect([maker.closed, paper.closed, stopped, blur.track.readyState, state()]).toEqual([true, true, true, 'ended', 'closed']);
        expect((watched.at(-1) as MediaStreamTrack).readyState).toBe('live');
        blur.close();
    });
});
