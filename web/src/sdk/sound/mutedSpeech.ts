/** Notices that somebody speaks into a microphone that is muted. Told the loudness ten times a second or so; knows no clock. */
export class MutedSpeech {
    private loudness = 0;
    private last: number | undefined;
    private quietUntil = 0;

    /**
     * `at` in milliseconds; `level` as of a {@link LevelMeter}. True when the person should be told; then not again for a while.
     */
    hear(at: number, level: number): boolean {
        const passed = Math.min(MAX_STEP, at - (this.last ?? at));
        this.last = at;
        // A cough or a key is over before enough has gathered; a sentence is not.
        this.loudness = Math.max(0, this.loudness + (level >= VOICE ? passed : -passed));
        if (this.loudness < ENOUGH || at < this.quietUntil) return false;
        this.loudness = 0;
        this.quietUntil = at + NOT_AGAIN_FOR;
        return true;
    }

    /** Unmuted: what was said before does not count. */
    reset(): void {
        this.loudness = 0;
        this.last = undefined;
    }
}

/** −36 dBFS on the meter's scale: a voice in front of a microphone, not a voice in the next room. */
const VOICE = 0.4;
/** Milliseconds of voice, less those of silence. */
const ENOUGH = 600;
const MAX_STEP = 250;
const NOT_AGAIN_FOR = 20_000;
