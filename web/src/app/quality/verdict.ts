import type { Sample } from './samples';

/**
 * What is wrong:
 *
 * - `interrupted`: no connection
 * - `silent`: nothing arrives at all
 * - `loss`: packets are lost
 * - `slow`: too few bits get through
 * - `delay`: everything takes long
 * - `busy`: the device cannot keep up
 * - `frozen`: the picture stands still, and nobody can say why
 */
export type Trouble = 'interrupted' | 'silent' | 'loss' | 'slow' | 'delay' | 'busy' | 'frozen';

/** How it goes, and where the cause lies: on one's own side, on the other person's, or nobody knows. */
export type Verdict =
    | { readonly level: 'unknown' | 'good' }
    | { readonly level: 'fair' | 'poor'; readonly trouble: Trouble; readonly side: 'own' | 'other' | 'unknown' };

export const UNKNOWN: Verdict = { level: 'unknown' };
export const GOOD: Verdict = { level: 'good' };

/** A stream with what the server says of its first half, from the sender to the server. */
export interface Received {
    readonly sample: Sample;
    readonly upstream?: Upstream;
}

export interface Upstream {
    /** The share of packets that the server missed, 0 to 1. */
    readonly loss: number;
    /** Bits a second. */
    readonly bitrate: number;
}

/** Loss that people begin to notice, and that spoils everything. */
const SOME_LOSS = 0.03;
const MUCH_LOSS = 0.1;
/** Milliseconds to the server and back: conversation begins to suffer; it is hardly possible. */
const LONG = 400;
const VERY_LONG = 900;
/** The share of the time that a picture may stand still. */
const SOME_FREEZE = 0.15;
const MUCH_FREEZE = 0.4;
/** Frames a second below which a face does not move any more. */
const FEW_FRAMES = 6;
/** Bits a second that a moving picture needs at least. */
const LITTLE_VIDEO = 120_000;

/** What one would want to know more about before judging: whether the server has to be asked. */
export function isSuspicious({ kind, loss, frozen, fps, bitrate }: Sample): boolean {
    return loss > 0.01 || frozen > 0.05 || bitrate === 0 || (kind === 'video' && fps !== undefined && fps < FEW_FRAMES);
}

export interface OwnEvidence {
    readonly reconnecting: boolean;
    /** What one sends. */
    readonly sent: readonly Sample[];
    /** The share of all packets that did not arrive here, whoever sent them. */
    readonly lossHere: number;
    /** Milliseconds to the server and back. */
    readonly roundTrip?: number | undefined;
    /** Bits a second that can be sent. */
    readonly available?: number | undefined;
}

/** How one's own connection does. */
export function judgeOwn({ reconnecting, sent, lossHere, roundTrip = 0, available }: OwnEvidence): Verdict {
    const own = (level: 'fair' | 'poor', trouble: Trouble): Verdict => ({ level, trouble, side: 'own' });
    if (reconnecting) return own('poor', 'interrupted');
    const loss = Math.max(lossHere, ...sent.map((sample) => sample.loss));
    const delay = Math.max(roundTrip, ...sent.map((sample) => sample.roundTrip ?? 0));
    const video = sent.filter(({ kind }) => kind === 'video');
    const limited = (by: string) => video.some((sample) => sample.limited === by);
    const starved = available !== undefined && available < 2 * LITTLE_VIDEO && limited('bandwidth');
    if (loss >= MUCH_LOSS) return own('poor', 'loss');
    if (starved) return own('poor', 'slow');
    if (delay >= VERY_LONG) return own('poor', 'delay');
    if (loss >= SOME_LOSS) return own('fair', 'loss');
    if (limited('bandwidth') && video.some(({ bitrate }) => bitrate < 3 * LITTLE_VIDEO)) return own('fair', 'slow');
    if (delay >= LONG) return own('fair', 'delay');
    if (limited('cpu')) return own('fair', 'busy');
    return sent.length === 0 && roundTrip === 0 ? UNKNOWN : GOOD;
}

export interface OtherEvidence {
    /** Their streams that should flow: neither paused by them nor held back at one's own wish. */
    readonly streams: readonly Received[];
    /** The share of packets that did not arrive from anybody else; undefined when nobody else sends. */
    readonly lossOfOthers?: number | undefined;
    readonly own: Verdict;
}

/** How somebody's sound and picture arrive, and if they do not, who can do something about it. */
export function judgeOther({ streams, lossOfOthers, own }: OtherEvidence): Verdict {
    if (streams.length === 0) return UNKNOWN;
    if (own.level === 'poor' && 'trouble' in own && own.trouble === 'interrupted') return own;
    // What the server already missed can be blamed on nobody here.
    const upstreamLoss = Math.max(0, ...streams.map(({ upstream }) => upstream?.loss ?? 0));
    const loss = Math.max(...streams.map(({ sample }) => sample.loss));
    if (Math.max(loss, upstreamLoss) >= SOME_LOSS) {
        const level = Math.max(loss, upstreamLoss) >= MUCH_LOSS ? 'poor' : 'fair';
        return { level, trouble: 'loss', side: sideOfLoss(loss, upstreamLoss, streams, lossOfOthers) };
    }
    const video = streams.filter(({ sample }) => sample.kind === 'video');
    for (const { sample, upstream } of video) {
        if (sample.bitrate === 0) {
            return { level: 'poor', trouble: 'silent', side: upstream === undefined ? 'unknown' : upstream.bitrate > 0 ? 'own' : 'other' };
        }
        if (sample.fps !== undefined && sample.fps < FEW_FRAMES && upstream !== undefined && upstream.bitrate < LITTLE_VIDEO) {
            return { level: 'fair', trouble: 'slow', side: 'other' };
        }
        if (sample.frozen >= SOME_FREEZE) {
            return { level: sample.frozen >= MUCH_FREEZE ? 'poor' : 'fair', trouble: 'frozen', side: 'unknown' };
        }
    }
    return GOOD;
}

/** Theirs if the server missed the packets too; else one's own if it happens with everybody, or if the server had them all. */
function sideOfLoss(loss: number, upstreamLoss: number, streams: readonly Received[], lossOfOthers: number | undefined): 'own' | 'other' | 'unknown' {
    if (upstreamLoss >= loss / 2) return 'other';
    if (streams.some(({ upstream }) => upstream !== undefined) || (lossOfOthers ?? 0) >= SOME_LOSS) return 'own';
    return lossOfOthers === undefined ? 'unknown' : 'other';
}

/** What is shown, and what was found since without being shown yet. */
export interface Steady {
    readonly shown: Verdict;
    readonly candidate: Verdict;
    readonly times: number;
}

export const FIRST: Steady = { shown: UNKNOWN, candidate: UNKNOWN, times: 0 };

/** One bad moment is not worth a word, and one good one does not end a bad time. An interruption is told at once. */
export function steady({ shown, candidate, times }: Steady, found: Verdict): Steady {
    if (same(found, shown)) return { shown, candidate: shown, times: 0 };
    const again = same(found, candidate) ? times + 1 : 1;
    const needed = shown.level === 'unknown' && found.level === 'good' ? 1
        : 'trouble' in found && found.trouble === 'interrupted' ? 1
        : 'trouble' in shown && found.level === 'good' ? 3
        : 2;
    return again >= needed ? { shown: found, candidate: found, times: 0 } : { shown, candidate: found, times: again };
}

export function same(a: Verdict, b: Verdict): boolean {
    return a.level === b.level
        && ('trouble' in a ? 'trouble' in b && a.trouble === b.trouble && a.side === b.side : !('trouble' in b));
}
