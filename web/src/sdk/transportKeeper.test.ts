import { describe, expect, test } from 'vitest';
import { type KeeperAction, type KeeperEvent, TIMES, TransportKeeper } from './transportKeeper';

/** A keeper with a clock that only goes when it is told to. */
class Bench {
    readonly keeper = new TransportKeeper();
    now = 1_000_000;
    readonly done: { action: KeeperAction; at: number }[] = [];

    tell(event: KeeperEvent): KeeperAction | undefined {
        const action = this.keeper.handle(event, this.now);
        if (action) this.done.push({ action, at: this.now });
        return action;
    }

    /** Lets time pass, waking the keeper as it wishes; what it asks for is answered by `answer`. */
    pass(milliseconds: number, answer: (action: KeeperAction) => void = () => {}): void {
        const end = this.now + milliseconds;
        for (let turns = 0; ; turns++) {
            if (turns > 10_000) throw new Error('the keeper wakes without end');
            const { wakeAt } = this.keeper;
            if (wakeAt === undefined || wakeAt > end) break;
            this.now = Math.max(this.now, wakeAt);
            const action = this.tell({ kind: 'time' });
            if (action) answer(action);
        }
        this.now = end;
    }

    connect(): void {
        this.tell({ kind: 'opened' });
        this.tell({ kind: 'state', state: 'connecting' });
        this.tell({ kind: 'state', state: 'connected' });
    }

    actions(): KeeperAction[] {
        return this.done.map(({ action }) => action);
    }
}

const restarted = (bench: Bench) => (action: KeeperAction): void => {
    if (action !== 'replace') bench.tell({ kind: 'restarted' });
};

describe('a transport that works', () => {
    test('is left alone', () => {
        const bench = new Bench();
        bench.connect();
        bench.pass(3_600_000);
        expect(bench.done).toEqual([]);
        expect(bench.keeper.wakeAt).toBeUndefined();
        expect(bench.keeper.health).toBe('connected');
    });

    test('that is disconnected for less than the grace is left alone', () => {
        const bench = new Bench();
        bench.connect();
        bench.tell({ kind: 'state', state: 'disconnected' });
        expect(bench.keeper.health).toBe('recovering');
        bench.pass(TIMES.grace - 1);
        bench.tell({ kind: 'state', state: 'connected' });
        bench.pass(60_000);
        expect(bench.done).toEqual([]);
        expect(bench.keeper.health).toBe('connected');
    });

    test('is restarted once, at once, when the network has changed, and goes on meanwhile', () => {
        const bench = new Bench();
        bench.connect();
        expect(bench.tell({ kind: 'moved' })).toBe('restart');
        expect(bench.keeper.health).toBe('connected');
        bench.tell({ kind: 'restarted' });
        bench.pass(60_000);
        expect(bench.actions()).toEqual(['restart']);
    });

    test('is restarted once more when the network changes again during a restart', () => {
        const bench = new Bench();
        bench.connect();
        bench.tell({ kind: 'moved' });
        expect(bench.tell({ kind: 'moved' })).toBeUndefined();
        expect(bench.tell({ kind: 'moved' })).toBeUndefined();
        bench.tell({ kind: 'restarted' });
        bench.pass(60_000, restarted(bench));
        expect(bench.actions()).toEqual(['restart', 'restart']);
        expect(bench.done[1]!.at - bench.done[0]!.at).toBe(TIMES.apart);
    });
});

describe('a broken transport', () => {
    test('is restarted after the grace', () => {
        const bench = new Bench();
        bench.connect();
        const broke = bench.now;
        bench.tell({ kind: 'state', state: 'disconnected' });
        bench.pass(TIMES.grace);
        expect(bench.done).toEqual([{ action: 'restart', at: broke + TIMES.grace }]);
    });

    test('is restarted at once when the browser has given it up', () => {
        const bench = new Bench();
        bench.connect();
        expect(bench.tell({ kind: 'state', state: 'failed' })).toBe('restart');
    });

    test('is restarted at once when nothing comes over it, though the browser believes in it', () => {
        const bench = new Bench();
        bench.connect();
        expect(bench.tell({ kind: 'silent' })).toBe('restart');
        expect(bench.keeper.health).toBe('recovering');
    });

    test('that was mended before the browser noticed anything is known to be well by what comes over it', () => {
        const bench = new Bench();
        bench.connect();
        bench.tell({ kind: 'silent' });
        bench.tell({ kind: 'restarted' });
        bench.pass(2_000);
        bench.tell({ kind: 'alive' });
        expect(bench.keeper.health).toBe('connected');
        bench.pass(60_000);
        expect(bench.actions()).toEqual(['restart']);
    });

    test('is not believed alive because of a last packet', () => {
        const bench = new Bench();
        bench.connect();
        bench.tell({ kind: 'state', state: 'disconnected' });
        bench.tell({ kind: 'alive' });
        expect(bench.keeper.health).toBe('recovering');
        bench.pass(TIMES.grace);
        expect(bench.actions()).toEqual(['restart']);
    });

    test('is restarted with growing pauses, and given up after 15 s', () => {
        const bench = new Bench();
        bench.connect();
        const broke = bench.now;
        bench.tell({ kind: 'state', state: 'disconnected' });
        bench.pass(TIMES.mending - 1, restarted(bench));
        expect(bench.done.map(({ at }) => at - broke)).toEqual([1_000, 5_000, 10_000]);
        bench.pass(1);
        expect(bench.actions().at(-1)).toBe('replace');
    });

    test('is replaced at once when the server does not know it', () => {
        const bench = new Bench();
        bench.connect();
        bench.tell({ kind: 'state', state: 'failed' });
        expect(bench.tell({ kind: 'refused', gone: true })).toBe('replace');
    });

    test('whose replacement does not connect either is replaced more and more seldom', () => {
        const bench = new Bench();
        bench.connect();
        bench.tell({ kind: 'state', state: 'failed' });
        bench.tell({ kind: 'restarted' });
        const replacements: number[] = [];
        bench.pass(300_000, (action) => {
            restarted(bench)(action);
            if (action !== 'replace') return;
            replacements.push(bench.now);
            bench.tell({ kind: 'closed' });
            bench.tell({ kind: 'opened' });
            bench.tell({ kind: 'state', state: 'connecting' });
        });
        const apart = replacements.slice(1).map((at, i) => at - replacements[i]!);
        expect(apart.slice(0, 3)).toEqual([30_000, 60_000, 60_000]);
        expect(bench.keeper.health).toBe('recovering');
    });

    test('that is replaced and not needed any more is nothing to worry about', () => {
        const bench = new Bench();
        bench.connect();
        bench.tell({ kind: 'closed' });
        expect(bench.keeper.health).toBe('recovering');
        bench.pass(TIMES.replacing);
        expect(bench.keeper.health).toBe('none');
        expect(bench.keeper.wakeAt).toBeUndefined();
    });
});

describe('a silence', () => {
    test('during a restart waits for what becomes of that', () => {
        const bench = new Bench();
        bench.connect();
        bench.tell({ kind: 'moved' });
        bench.tell({ kind: 'restarted' });
        bench.pass(2_500);
        expect(bench.tell({ kind: 'silent' })).toBeUndefined();
        bench.pass(TIMES.restarting - 2_500, restarted(bench));
        expect(bench.actions()).toEqual(['restart', 'restart']);
    });

    test('of 3 s every 10 s has one restart each, and no replacement', () => {
        const bench = new Bench();
        bench.connect();
        for (let i = 0; i < 30; i++) {
            bench.tell({ kind: 'silent' });
            bench.tell({ kind: 'restarted' });
            bench.pass(500, restarted(bench));
            bench.tell({ kind: 'alive' });
            bench.pass(9_500, restarted(bench));
        }
        expect(bench.actions()).toEqual(Array(30).fill('restart'));
    });
});

describe('a detour over a relay', () => {
    const onDetour = (): Bench => {
        const bench = new Bench();
        bench.connect();
        bench.tell({ kind: 'silent' });
        bench.tell({ kind: 'restarted' });
        bench.tell({ kind: 'alive' });
        bench.pass(2_000);
        return bench;
    };

    test('is left once it works, if that can be, and once only', () => {
        const bench = onDetour();
        expect(bench.tell({ kind: 'detour' })).toBe('direct');
        expect(bench.keeper.health).toBe('connected');
        bench.tell({ kind: 'restarted' });
        bench.pass(60_000);
        expect(bench.tell({ kind: 'detour' })).toBeUndefined();
        expect(bench.actions()).toEqual(['restart', 'direct']);
    });

    test('is left again after the next break', () => {
        const bench = onDetour();
        bench.tell({ kind: 'detour' });
        bench.tell({ kind: 'restarted' });
        bench.pass(60_000);
        expect(bench.tell({ kind: 'silent' })).toBe('restart');
        bench.tell({ kind: 'restarted' });
        bench.tell({ kind: 'alive' });
        expect(bench.tell({ kind: 'detour' })).toBe('direct');
    });

    test('is kept where leaving it cannot be begun', () => {
        const bench = onDetour();
        bench.tell({ kind: 'detour' });
        bench.tell({ kind: 'refused', gone: false });
        bench.pass(60_000);
        expect(bench.actions()).toEqual(['restart', 'direct']);
        expect(bench.keeper.health).toBe('connected');
    });

    test('that breaks while it is being left is mended with relays, without waiting', () => {
        const bench = onDetour();
        bench.tell({ kind: 'detour' });
        const broke = bench.now;
        bench.tell({ kind: 'state', state: 'failed' });
        bench.tell({ kind: 'restarted' });
        bench.pass(TIMES.apart, restarted(bench));
        expect(bench.done.at(-1)).toEqual({ action: 'restart', at: broke + TIMES.apart });
    });

    test('is not thought of while the connection is broken, or without signalling', () => {
        const bench = new Bench();
        bench.connect();
        bench.tell({ kind: 'state', state: 'disconnected' });
        expect(bench.tell({ kind: 'detour' })).toBeUndefined();
        bench.tell({ kind: 'state', state: 'connected' });
        bench.tell({ kind: 'signalling', up: false });
        expect(bench.tell({ kind: 'detour' })).toBeUndefined();
    });
});

describe('without signalling', () => {
    test('nothing is done, and everything at once when it is back', () => {
        const bench = new Bench();
        bench.connect();
        bench.tell({ kind: 'signalling', up: false });
        bench.tell({ kind: 'state', state: 'disconnected' });
        bench.tell({ kind: 'state', state: 'failed' });
        bench.pass(120_000);
        expect(bench.done).toEqual([]);
        expect(bench.tell({ kind: 'signalling', up: true })).toBe('restart');
        // The time without signalling does not count.
        bench.tell({ kind: 'restarted' });
        bench.pass(TIMES.mending - 1, restarted(bench));
        expect(bench.actions()).not.toContain('replace');
    });

    test('a change of networks is remembered', () => {
        const bench = new Bench();
        bench.connect();
        bench.tell({ kind: 'signalling', up: false });
        expect(bench.tell({ kind: 'moved' })).toBeUndefined();
        bench.pass(30_000);
        expect(bench.tell({ kind: 'signalling', up: true })).toBe('restart');
    });

    test('a question that was not answered is asked again, and is no reason to replace anything', () => {
        const bench = new Bench();
        bench.connect();
        bench.tell({ kind: 'state', state: 'failed' });
        for (let i = 0; i < 20; i++) {
            bench.tell({ kind: 'refused', gone: false });
            bench.pass(2_500);
        }
        expect(new Set(bench.actions())).toEqual(new Set(['restart']));
        expect(bench.done.length).toBe(21);
    });
});

describe('a new transport', () => {
    test('gets time to connect before it is helped', () => {
        const bench = new Bench();
        bench.tell({ kind: 'opened' });
        bench.tell({ kind: 'state', state: 'connecting' });
        expect(bench.keeper.health).toBe('connecting');
        bench.pass(TIMES.connecting - 1);
        expect(bench.done).toEqual([]);
        bench.pass(1);
        expect(bench.actions()).toEqual(['restart']);
    });
});

/** mulberry32 */
function random(seed: number): () => number {
    let a = seed;
    return () => {
        a = (a + 0x6d2b79f5) | 0;
        let t = Math.imul(a ^ (a >>> 15), 1 | a);
        t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
        return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
    };
}

describe('whatever happens', () => {
    const STATES: RTCPeerConnectionState[] = ['connecting', 'connected', 'disconnected', 'failed'];

    function story(seed: number): void {
        const chance = random(seed);
        const bench = new Bench();
        let exists = false;
        let asking = false;
        let up = true;
        let lastRestart = Number.NEGATIVE_INFINITY;
        const check = (action: KeeperAction | undefined): void => {
            if (!action) return;
            expect(up, 'nothing is asked for without signalling').toBe(true);
            if (action !== 'replace') {
                expect(exists, 'there is something to restart').toBe(true);
                expect(asking, 'one restart at a time').toBe(false);
                expect(bench.now - lastRestart, 'not all the time').toBeGreaterThanOrEqual(TIMES.apart);
                asking = true;
                lastRestart = bench.now;
            } else {
                exists = asking = false;
                lastRestart = Number.NEGATIVE_INFINITY;
                bench.tell({ kind: 'closed' });
            }
        };
        for (let step = 0; step < 200; step++) {
            const dice = Math.floor(chance() * 10);
            if (dice === 0 && !exists) {
                bench.tell({ kind: 'opened' });
                exists = true;
                asking = false;
                lastRestart = Number.NEGATIVE_INFINITY;
            } else if (dice === 1) check(bench.tell({ kind: 'moved' }));
            else if (dice === 2) {
                up = !up;
                check(bench.tell({ kind: 'signalling', up }));
            } else if (dice === 3 && asking) {
                asking = false;
                const gone = chance() < 0.2;
                // The answer comes over signalling.
                if (!up) check(bench.tell({ kind: 'refused', gone: false }));
                else check(bench.tell(chance() < 0.5 ? { kind: 'restarted' } : { kind: 'refused', gone }));
            } else if (dice === 4) check(bench.tell({ kind: 'silent' }));
            else if (dice === 9) check(bench.tell({ kind: 'detour' }));
            else if (dice >= 5 && exists) check(bench.tell({ kind: 'state', state: STATES[dice - 5]! }));
            bench.pass(Math.floor(chance() * 5_000), check);
        }
        // From here on everything answers, and nothing connects: then there is a replacement, in bounded time.
        if (!up) {
            up = true;
            check(bench.tell({ kind: 'signalling', up }));
        }
        if (!exists) {
            bench.tell({ kind: 'opened' });
            exists = true;
            asking = false;
            lastRestart = Number.NEGATIVE_INFINITY;
        }
        const before = bench.done.filter(({ action }) => action === 'replace').length;
        const answer = (action: KeeperAction | undefined): void => {
            check(action);
            while (asking) {
                asking = false;
                check(bench.tell({ kind: 'restarted' }));
            }
        };
        answer(bench.tell({ kind: 'state', state: 'connected' }));
        answer(bench.tell({ kind: 'state', state: 'failed' }));
        bench.pass(TIMES.mendingAtMost + 1, answer);
        expect(bench.done.filter(({ action }) => action === 'replace').length, 'it is given up in the end').toBeGreaterThan(before);
    }

    test('there is one restart at a time, never without signalling, and an end to trying: 2,000 stories', () => {
        for (let seed = 1; seed <= 2_000; seed++) {
            try {
                story(seed);
            } catch (error) {
                throw new Error(`story ${seed}: ${(error as Error).message}`, { cause: error });
            }
        }
    });
});
