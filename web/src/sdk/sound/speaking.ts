import { type Finding, type Remedy, Watchdog } from './watchdog';

/** What can be known of one's own microphone. */
export interface SpeakingSample {
    /** Milliseconds, monotonic. */
    readonly at: number;
    /** The person wants to be heard: not muted. */
    readonly wanted: boolean;
    readonly track: 'none' | 'live' | 'ended';
    /** `track.muted`: the system or the headset has muted it. */
    readonly mutedBySystem: boolean;
    /** The greatest amplitude since the last sample, 0 to 1; `undefined` while it cannot be measured. */
    readonly peak: number | undefined;
    /** RTP packets sent of it; `undefined` while it is not being sent, or no connection is there. */
    readonly packets: number | undefined;
}

export type SpeakingSymptom = 'gone' | 'muted-by-system' | 'dead' | 'fell-silent' | 'unsent';
export type SpeakingRepair = 'reopen';

/**
 * - `gone`: the microphone was unplugged or taken away, and there is no other
 * - `muted-by-system`: the operating system, the headset or another program has muted it
 * - `silent`: it is open and delivers not the least noise
 * - `unsent`: a voice is there, and nothing leaves the browser
 */
export type SpeakingTrouble = 'gone' | 'muted-by-system' | 'silent' | 'unsent';

const REMEDIES: Record<SpeakingSymptom, Remedy<SpeakingRepair, SpeakingTrouble>> = {
    gone: { patience: 2_000, repairs: ['reopen'], pause: 3_000, trouble: 'gone' },
    'muted-by-system': { patience: 2_000, repairs: [], pause: 0, trouble: 'muted-by-system' },
    dead: { patience: 5_000, repairs: ['reopen'], pause: 5_000, trouble: 'silent' },
    // Headsets that cut noise out are silent between two sentences.
    'fell-silent': { patience: 30_000, repairs: [], pause: 0, trouble: 'silent' },
    unsent: { patience: 4_000, repairs: [], pause: 0, trouble: 'unsent' },
};

/** Half of the least step of 16 bits: below it there is nothing at all, not even the noise that each microphone has. */
const SILENCE = 2 ** -16;
/** Certainly a voice: −26 dBFS. */
const VOICE = 0.05;

/** Watches one's own microphone; see {@link Watchdog}. */
export class SpeakingWatch {
    private readonly watchdog = new Watchdog(REMEDIES);
    private before: SpeakingSample | undefined;
    private heard = false;

    step(sample: SpeakingSample): ReturnType<typeof this.watchdog.step> {
        const finding = this.findingOf(sample);
        this.before = sample;
        return this.watchdog.step(sample.at, finding);
    }

    private findingOf({ wanted, track, mutedBySystem, peak, packets }: SpeakingSample): Finding<SpeakingSymptom> {
        if (!wanted) return 'healthy';
        if (track !== 'live') return 'gone';
        if (mutedBySystem) return 'muted-by-system';
        if (peak === undefined) return 'unknown';
        if (peak < SILENCE) return this.heard ? 'fell-silent' : 'dead';
        this.heard = true;
        const sent = this.before?.packets;
        if (peak < VOICE || packets === undefined || sent === undefined) return 'healthy';
        return packets === sent ? 'unsent' : 'healthy';
    }
}
