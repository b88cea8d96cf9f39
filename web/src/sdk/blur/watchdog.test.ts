import { describe, expect, test } from 'vitest';
import { BlurWatchdog, EFFORTS } from './watchdog';

/** A machine on a clock of its own: each second it paints and masks as it is told. */
class Machine {
    readonly watchdog = new BlurWatchdog();
    readonly changes: number[] = [];
    now = 1_000;

    run(seconds: number, { camera = 30, painted = camera, painting = 2, mask = 6, tells = true }: {
        camera?: number; painted?: number; painting?: number; mask?: number; tells?: boolean;
    } = {}): this {
        const end = this.now + seconds * 1000;
        let masked = this.now;
        for (; this.now < end; this.now += 1000 / painted) {
            this.watchdog.painted(this.now, painting, tells ? camera / painted : undefined);
            const { masksPerSecond } = this.watchdog.effort ?? { masksPerSecond: 0 };
            if (this.now >= masked && masksPerSecond > 0) {
                this.watchdog.askedForMask(this.now);
                this.watchdog.gotMask(this.now + mask, mask);
                masked = this.now + Math.max(mask, 1000 / masksPerSecond);
            }
            this.look();
        }
        return this;
    }

    /** Nothing happens but that time passes. */
    wait(seconds: number): this {
        for (const end = this.now + seconds * 1000; this.now < end; this.now += 33) this.look();
        return this;
    }

    private look(): void {
        if (this.watchdog.look(this.now)) this.changes.push(this.watchdog.effort?.masksPerSecond ?? 0);
    }
}

const STEPS = [...EFFORTS.slice(1).map(({ masksPerSecond }) => masksPerSecond), 0];

describe('the watchdog of the blur', () => {
    test('leaves everything as it is where the blur costs little', () => {
        expect(new Machine().run(120).changes).toEqual([]);
    });

    test('takes less and less, and at last gives up, while frames of the camera are lost', () => {
        expect(new Machine().run(60, { painted: 20 }).changes).toEqual(STEPS);
    });

    test('gives nothing up before ten seconds, and everything within half a minute', () => {
        const machine = new Machine().run(10, { painted: 20 });
        expect(machine.watchdog.effort).toBeDefined();
        expect(machine.run(20, { painted: 20 }).watchdog.effort).toBeUndefined();
    });

    test('stops where less is enough', () => {
        const machine = new Machine().run(9, { painted: 20 });
        expect(machine.changes).toEqual([8]);
        expect(machine.run(120).changes).toEqual([8]);
    });

    test('forgives a hiccup', () => {
        const machine = new Machine();
        for (let i = 0; i < 10; i++) machine.run(20).run(2, { painted: 10 });
        expect(machine.changes).toEqual([]);
    });

    test('acts when painting takes most of the time, though no frame is lost', () => {
        expect(new Machine().run(60, { painting: 20 }).changes).toEqual(STEPS);
    });

    test('acts when masks come so late that they cover what is over', () => {
        expect(new Machine().run(60, { mask: 700 }).changes).toEqual(STEPS);
    });

    test('acts when masks take their time and the camera has become slower with them', () => {
        const machine = new Machine().run(4, { mask: 1, tells: false }).run(8, { camera: 20, mask: 40, tells: false });
        expect(machine.changes).toEqual([8]);
    });

    test('does not blame the blur for a camera that becomes slower in the dark', () => {
        expect(new Machine().run(10).run(60, { camera: 12 }).changes).toEqual([]);
    });

    test('acts when a mask never comes, also without frames', () => {
        const machine = new Machine().run(4);
        machine.watchdog.askedForMask(machine.now);
        machine.wait(60);
        expect(machine.changes).toEqual(STEPS);
    });

    test('leaves a camera alone that gives nothing', () => {
        expect(new Machine().run(4).wait(60).changes).toEqual([]);
    });

    test('measures another camera anew', () => {
        const machine = new Machine().run(10, { mask: 40, camera: 25, tells: false });
        machine.watchdog.anotherCamera();
        expect(machine.run(60, { mask: 40, camera: 10, tells: false }).changes).toEqual([]);
    });
});
