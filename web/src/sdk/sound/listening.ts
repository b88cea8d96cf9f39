import { type Finding, type Remedy, Watchdog } from './watchdog';

/** The state of an AudioContext; `interrupted` is said by Safari during a phone call, `unused` means that none is involved. */
export type ContextState = 'running' | 'suspended' | 'interrupted' | 'closed' | 'unused';

/** What can be known of one stream of sound that one hears. Counters only grow while the stream is the same. */
export interface ListeningSample {
    /** Milliseconds, monotonic. */
    readonly at: number;
    /** Its sender sends it: not muted. */
    readonly expected: boolean;
    /** The server hears somebody loud at the sender's. */
    readonly loud: boolean;
    /** RTP packets received; `undefined` while the browser does not say. */
    readonly packets: number | undefined;
    /** `totalAudioEnergy` of what was decoded. */
    readonly energy: number | undefined;
    /** Its element is not paused. */
    readonly playing: boolean;
    /** The browser refused to play without a click. */
    readonly blocked: boolean;
    /** Of the graph that makes it louder than it is. */
    readonly context: ContextState;
}

export type ListeningSymptom = 'blocked' | 'paused' | 'context' | 'undecoded' | 'nothing-arrives';
export type ListeningRepair = 'play' | 'resume-context' | 'reattach' | 'receive-again';

/**
 * - `blocked`: the browser wants a click first
 * - `output-stopped`: the browser does not play although it may
 * - `interrupted`: the system has taken the sound away, as for a phone call
 * - `undecoded`: packets arrive, but no sound comes out of them
 * - `nothing-arrives`: the others hear that person, and nothing of it comes here
 */
export type ListeningTrouble = 'blocked' | 'output-stopped' | 'interrupted' | 'undecoded' | 'nothing-arrives';

const REMEDIES: Record<ListeningSymptom, Remedy<ListeningRepair, ListeningTrouble>> = {
    blocked: { patience: 0, repairs: [], pause: 0, trouble: 'blocked' },
    paused: { patience: 0, repairs: ['play', 'play', 'reattach'], pause: 2_000, trouble: 'output-stopped' },
    context: { patience: 0, repairs: ['resume-context', 'resume-context'], pause: 3_000, trouble: 'interrupted' },
    undecoded: { patience: 3_000, repairs: ['reattach', 'receive-again'], pause: 4_000, trouble: 'undecoded' },
    'nothing-arrives': { patience: 4_000, repairs: ['receive-again', 'receive-again'], pause: 5_000, trouble: 'nothing-arrives' },
};

/** Energy a second that a loud voice has at least: it is above −50 dBov, and this is −65 dB. */
const LEAST_ENERGY = 3e-7;

/** Watches one stream of sound that one hears; see {@link Watchdog}. */
export class ListeningWatch {
    private readonly watchdog = new Watchdog(REMEDIES);
    private before: ListeningSample | undefined;

    step(sample: ListeningSample): ReturnType<typeof this.watchdog.step> {
        const finding = findingOf(sample, this.before);
        this.before = sample;
        return this.watchdog.step(sample.at, finding);
    }
}

function findingOf(sample: ListeningSample, before: ListeningSample | undefined): Finding<ListeningSymptom> {
    if (sample.blocked) return 'blocked';
    if (!sample.playing) return 'paused';
    if (sample.context !== 'running' && sample.context !== 'unused') return 'context';
    if (!sample.expected) return 'healthy';
    const seconds = before === undefined ? 0 : (sample.at - before.at) / 1000;
    const packets = grown(sample.packets, before?.packets);
    const energy = grown(sample.energy, before?.energy);
    if (seconds <= 0 || packets === undefined || energy === undefined) return 'unknown';
    if (energy > LEAST_ENERGY * seconds) return 'healthy';
    if (!sample.loud || before?.loud !== true) return 'unknown';
    return packets === 0 ? 'nothing-arrives' : 'undecoded';
}

/** A counter that shrank began anew, with a stream that was received again. */
function grown(now: number | undefined, before: number | undefined): number | undefined {
    return now === undefined || before === undefined || now < before ? undefined : now - before;
}
