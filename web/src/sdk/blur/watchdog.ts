/** What the blur may cost now. */
export interface Effort {
    readonly masksPerSecond: number;
    /** The picture's greatest width, pixels: a wider one is made smaller before it is painted. */
    readonly width: number;
}

export const EFFORTS: readonly Effort[] = [
    { masksPerSecond: 15, width: 1280 },
    { masksPerSecond: 8, width: 1280 },
    { masksPerSecond: 5, width: 640 },
];

/** Milliseconds over which everything is measured. */
const WINDOW = 2_000;
/** Bad windows one after the other before something is done: one alone is a hiccup. */
const BAD_WINDOWS = 3;
/** Of the frames that the camera gave, at least so many are painted. */
const FRAMES_KEPT = 0.8;
/** Of the time, at most so much is spent on painting. */
const PAINTING = 0.5;
/** A mask that takes longer is behind what it is to cover, milliseconds. */
const SLOWEST_MASK = 500;
/** A mask that takes longer than this is not waited for: whatever it will show is over, milliseconds. */
const LOST_MASK = 2_000;
/** Of the time, so much must go into masks before they can be what slows the camera down. */
const MASKS_WEIGH = 0.3;

interface Counted {
    start: number;
    painted: number;
    /** Undefined while the browser does not tell. */
    offered: number | undefined;
    painting: number;
    masking: number;
    slowestMask: number;
}

/**
 * Sees to it that the blur does not cost the frame rate: is told of each frame and mask, and lowers what is done for the blur, at
 * last to nothing. It never goes up again by itself: a picture that changes every few seconds is worse than one that is less good.
 * Knows no clock; times are milliseconds on any.
 */
export class BlurWatchdog {
    private level = 0;
    private bad = 0;
    private settling = true;
    private usual = 0;
    private asked: number | undefined;
    private window: Counted | undefined;

    /** Undefined when the blur is to be given up. */
    get effort(): Effort | undefined {
        return EFFORTS[this.level];
    }

    /** A frame was painted. `offered`: frames that the camera gave since the last, this one included, where the browser tells. */
    painted(now: number, millis: number, offered?: number): void {
        const window = this.at(now);
        window.painted++;
        window.painting += millis;
        window.offered = offered === undefined || window.offered === undefined ? undefined : window.offered + offered;
    }

    /** A mask is being made. */
    askedForMask(now: number): void {
        this.asked = now;
    }

    /** It is there. `millis`: how long the making took. */
    gotMask(now: number, millis: number): void {
        const window = this.at(now);
        const waited = this.asked === undefined ? millis : now - this.asked;
        this.asked = undefined;
        window.masking += millis;
        window.slowestMask = Math.max(window.slowestMask, millis, waited);
    }

    /** What was usual with the last camera says nothing of the next, nor does the time in between. */
    anotherCamera(): void {
        this.usual = 0;
        this.bad = 0;
        this.settling = true;
        this.window = undefined;
    }

    /** Whether {@link effort} changed. To be called several times a second, also when there are no frames. */
    look(now: number): boolean {
        const window = this.at(now);
        const waiting = this.asked === undefined ? 0 : now - this.asked;
        if (now - window.start < WINDOW) return false;
        this.window = undefined;
        const bad = this.isBad(window, now - window.start) || waiting > LOST_MASK;
        if (this.settling) {
            this.settling = false;
            return false;
        }
        this.bad = bad ? this.bad + 1 : 0;
        if (this.bad < BAD_WINDOWS || this.effort === undefined) return false;
        this.bad = 0;
        this.settling = true;
        this.level++;
        return true;
    }

    private isBad({ painted, offered, painting, masking, slowestMask }: Counted, elapsed: number): boolean {
        const before = this.usual;
        this.usual = Math.max(before, painted / elapsed);
        const slower = painted / elapsed < before * FRAMES_KEPT && masking / elapsed > MASKS_WEIGH;
        return slower || slowestMask > SLOWEST_MASK || painting / elapsed > PAINTING
            || (offered !== undefined && painted < offered * FRAMES_KEPT);
    }

    private at(now: number): Counted {
        return this.window ??= { start: now, painted: 0, offered: 0, painting: 0, masking: 0, slowestMask: 0 };
    }
}
