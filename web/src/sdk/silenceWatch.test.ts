import { describe, expect, test } from 'vitest';
import { SILENCE, SilenceWatch, UNANSWERED } from './silenceWatch';

/** A path with a browser at its near end, looked at as often as the watch wishes. */
class Bench {
    readonly watch = new SilenceWatch();
    readonly news: { what: 'silent' | 'alive'; at: number }[] = [];
    now = 1_000_000;
    looks = 0;
    private pair = 'a';
    private received = 0;
    private checks = 0;

    /** Lets time pass in steps of 100 ms, in each of which `happens` may have something arrive or be asked. */
    pass(milliseconds: number, happens: (bench: Bench) => void = () => {}): void {
        let next = this.now;
        for (const end = this.now + milliseconds; this.now < end; this.now += 100) {
            happens(this);
            if (this.now < next) continue;
            this.looks++;
            const what = this.watch.step({ id: this.pair, received: this.received, checks: this.checks }, this.now);
            if (what) this.news.push({ what, at: this.now });
            next = this.now + this.watch.pause(this.now);
        }
    }

    readonly hear = (): void => void (this.received += 1_000);
    readonly ask = (): void => void this.checks++;
    /** As libwebrtc does when nothing is heard. */
    readonly askOftenEnough = (): void => {
        if (this.now % 800 === 0) this.checks++;
    };

    changePair(): void {
        this.pair = 'b';
    }
}

describe('a path', () => {
    test('with media on it is well, and looked at once a second', () => {
        const bench = new Bench();
        bench.pass(60_000, (at) => {
            at.hear();
            at.askOftenEnough();
        });
        expect(bench.news).toEqual([]);
        expect(bench.looks).toBeLessThanOrEqual(61);
    });

    test('that is muted has nothing but an answer every 2.5 s, and is well', () => {
        const bench = new Bench();
        bench.pass(60_000, (at) => {
            if (at.now % 2_500 !== 0) return;
            at.ask();
            at.hear();
        });
        expect(bench.news).toEqual([]);
    });

    test('that is muted and loses two answers in a row is well', () => {
        const bench = new Bench();
        bench.pass(60_000, (at) => {
            if (at.now % 2_500 !== 0) return;
            at.ask();
            if (at.now % 7_500 === 0) at.hear();
        });
        expect(bench.news).toEqual([]);
    });

    test('that is dead is told of once, soon after it has been silent for long enough', () => {
        const bench = new Bench();
        bench.pass(10_000, bench.hear);
        const died = bench.now;
        bench.pass(30_000, bench.askOftenEnough);
        expect(bench.news).toHaveLength(1);
        expect(bench.news[0]!.what).toBe('silent');
        expect(bench.news[0]!.at - died).toBeGreaterThanOrEqual(SILENCE - 200);
        expect(bench.news[0]!.at - died).toBeLessThanOrEqual(SILENCE + 1_400);
    });

    test('of a computer that slept is not dead: nothing was asked meanwhile', () => {
        const bench = new Bench();
        bench.pass(1_000, bench.hear);
        bench.now += 3_600_000;
        bench.pass(1_000);
        bench.pass(10_000, bench.hear);
        expect(bench.news).toEqual([]);
    });

    test('that comes back is told of at once, and may die again', () => {
        const bench = new Bench();
        bench.pass(1_000, bench.hear);
        bench.pass(5_000, bench.askOftenEnough);
        const back = bench.now;
        bench.pass(2_000, bench.hear);
        bench.pass(5_000, bench.askOftenEnough);
        expect(bench.news.map(({ what }) => what)).toEqual(['silent', 'alive', 'silent']);
        expect(bench.news[1]!.at - back).toBeLessThanOrEqual(1_000);
    });

    test('in place of which the browser uses another one is alive', () => {
        const bench = new Bench();
        bench.pass(1_000, bench.hear);
        bench.pass(5_000, bench.askOftenEnough);
        bench.changePair();
        bench.pass(1_000);
        expect(bench.news.map(({ what }) => what)).toEqual(['silent', 'alive']);
    });

    test('is not dead while fewer checks than that went unanswered', () => {
        const bench = new Bench();
        bench.pass(1_000, bench.hear);
        for (let i = 1; i < UNANSWERED; i++) bench.ask();
        bench.pass(60_000);
        expect(bench.news).toEqual([]);
    });
});
