/** What the pair of candidates that carries the media has seen so far. */
export interface PairReading {
    /** Another one when the browser changed to another pair. */
    readonly id: string;
    /** Grows with whatever comes: media, reports, and answers to the browser's checks. */
    readonly received: number;
    /** The browser's own checks, each of which wants an answer. */
    readonly checks: number;
}

/**
 * Milliseconds since the last look that showed something new, so that 2 to 3 s have really been silent. libwebrtc itself calls a path
 * "not receiving" after 2.5 s, but tells nobody for as long again.
 */
export const SILENCE = 2_000;
/** So many checks must have gone unanswered meanwhile: muted media is silent too, and of a few packets all may be lost by chance. */
export const UNANSWERED = 3;
/** Milliseconds between two looks, and when something is amiss. Statistics are dear: in a meeting of nine, two looks a second were felt. */
const PAUSE = 1_000;
const CLOSE = 200;

/**
 * Notices that a path has died before the browser says so, from figures that are read once a second. Knows neither browser nor
 * timers. Without this, the 5 s that Chromium waits before it calls a connection disconnected are 5 s of a picture that stands still.
 */
export class SilenceWatch {
    private last: PairReading | undefined;
    private heardAt = 0;
    private silent = false;

    /** Takes figures; tells when silence begins, and when it ends. */
    step(reading: PairReading, now: number): 'silent' | 'alive' | undefined {
        const { last } = this;
        if (last === undefined || reading.id !== last.id || reading.received !== last.received) {
            this.last = reading;
            this.heardAt = now;
            const was = this.silent;
            this.silent = false;
            return was ? 'alive' : undefined;
        }
        if (this.silent || now - this.heardAt < SILENCE || reading.checks - last.checks < UNANSWERED) return undefined;
        this.silent = true;
        return 'silent';
    }

    /** In how many milliseconds to look again. */
    pause(now: number): number {
        const silentFor = now - this.heardAt;
        if (this.last === undefined || silentFor < PAUSE) return PAUSE;
        return Math.max(CLOSE, Math.min(PAUSE, SILENCE - silentFor));
    }
}
