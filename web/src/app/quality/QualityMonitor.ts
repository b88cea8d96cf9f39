import type { MeetingSnapshot, ServerStats, Source } from '../../sdk';
import type { MeetingHandle } from '../lib/meetingHandle';
import { readingOf, type PathReading, type Reading } from './readings';
import { samplesOf, type Sample } from './samples';
import { FIRST, isSuspicious, judgeOther, judgeOwn, steady, type Received, type Steady, type Verdict } from './verdict';

/** Milliseconds between two measurements. */
const INTERVAL = 2_000;
/** Kept of each stream: three minutes. */
const HISTORY = 90;
/** The server is asked about so many streams at once, so that a bad moment of a large meeting is no flood. */
const MOST_QUESTIONS = 4;

/** Somebody's stream: who, and what it shows or says. */
interface Stream {
    readonly participantId: string;
    readonly source: Source;
    /** The SDK's id. */
    readonly id: string;
    readonly trackId: string | undefined;
    /** It should be flowing: neither its sender paused it nor is it held back. */
    readonly flowing: boolean;
}

export interface StreamHistory {
    readonly participantId: string;
    readonly source: Source;
    readonly samples: readonly Sample[];
    readonly server?: ServerStats;
}

/** Measures the meeting's streams every few seconds, remembers the figures for a while, and judges how everybody's connection does. */
export class QualityMonitor {
    private readonly listeners = new Set<() => void>();
    private readonly verdicts = new Map<string, Steady>();
    private readonly histories = new Map<string, StreamHistory>();
    private readonly watched = new Map<string, number>();
    private before: Reading | undefined;
    private version = 0;

    constructor(private readonly meeting: MeetingHandle) {}

    /** Begins to measure. Returns the way to stop it. */
    readonly start = (): (() => void) => {
        let measuring = false;
        const timer = setInterval(() => {
            if (measuring) return;
            measuring = true;
            void this.measure().finally(() => (measuring = false));
        }, INTERVAL);
        return () => clearInterval(timer);
    };

    /** Calls the listener after each measurement. */
    readonly subscribe = (listener: () => void): (() => void) => {
        this.listeners.add(listener);
        return () => this.listeners.delete(listener);
    };

    /** How many measurements there were: changes with each. */
    readonly count = (): number => this.version;

    /** One's own id stands for one's own connection. The same object until it changes. */
    verdictOf(participantId: string): Verdict {
        return (this.verdicts.get(participantId) ?? FIRST).shown;
    }

    historiesOf(participantId: string): readonly StreamHistory[] {
        return [...this.histories.values()].filter((history) => history.participantId === participantId);
    }

    get sendPath(): PathReading | undefined {
        return this.before?.send;
    }

    get receivePath(): PathReading | undefined {
        return this.before?.receive;
    }

    /** From now on the server is asked about that person's streams each time. Returns the way to stop it. */
    watch(participantId: string): () => void {
        this.watched.set(participantId, (this.watched.get(participantId) ?? 0) + 1);
        return () => {
            const left = (this.watched.get(participantId) ?? 1) - 1;
            if (left > 0) this.watched.set(participantId, left);
            else this.watched.delete(participantId);
        };
    }

    /** Measures once. Nothing happens while the browser or the server does not answer. */
    async measure(): Promise<void> {
        try {
            const reading = readingOf(await this.meeting.stats() as never, performance.now());
            const { before } = this;
            this.before = reading;
            if (before === undefined) return;
            const snapshot = this.meeting.getSnapshot();
            const streams = streamsOf(this.meeting.self.id, snapshot);
            const samples = samplesOf(before, reading);
            const server = await this.ask(streams, samples);
            this.remember(streams, samples, server);
            this.judge(snapshot, streams, samples, server, reading);
        } catch {
            return; // The meeting ended meanwhile.
        }
        this.version++;
        for (const listener of [...this.listeners]) listener();
    }

    /** What the server says of the streams that do badly here, and of those that somebody looks at. */
    private async ask(streams: readonly Stream[], samples: ReadonlyMap<string, Sample>): Promise<ReadonlyMap<string, ServerStats>> {
        const asked = streams.filter(({ participantId, source, trackId, flowing }) => {
            const sample = trackId === undefined ? undefined : samples.get(trackId);
            const moves = source === 'camera' || source === 'microphone';
            return sample !== undefined && flowing && (this.watched.has(participantId)
                || (participantId !== this.meeting.self.id && moves && isSuspicious(sample)));
        });
        asked.sort((a, b) => Number(this.watched.has(b.participantId)) - Number(this.watched.has(a.participantId)));
        const answers = await Promise.all(asked.slice(0, MOST_QUESTIONS).map(async ({ id }) =>
            [id, await this.meeting.serverStats(id).catch(() => ({}))] as const));
        return new Map(answers);
    }

    private remember(streams: readonly Stream[], samples: ReadonlyMap<string, Sample>, server: ReadonlyMap<string, ServerStats>): void {
        const present = new Set<string>();
        for (const { participantId, source, id, trackId } of streams) {
            const key = `${participantId}/${source === 'screen' || source === 'screenAudio' ? id : source}`;
            present.add(key);
            const sample = trackId === undefined ? undefined : samples.get(trackId);
            const old = this.histories.get(key)?.samples ?? [];
            const stats = server.get(id);
            this.histories.set(key, {
                participantId,
                source,
                samples: sample === undefined ? old : [...old.slice(1 - HISTORY), sample],
                ...(stats && { server: stats }),
            });
        }
        for (const key of this.histories.keys()) if (!present.has(key)) this.histories.delete(key);
    }

    private judge(snapshot: MeetingSnapshot, streams: readonly Stream[], samples: ReadonlyMap<string, Sample>,
        server: ReadonlyMap<string, ServerStats>, { send, receive }: Reading): void {
        const selfId = this.meeting.self.id;
        const of = (list: readonly Stream[]): Received[] => list.flatMap(({ id, trackId, source, flowing }) => {
            const sample = trackId === undefined ? undefined : samples.get(trackId);
            const upstream = server.get(id)?.received;
            // A screen may well stand still.
            return sample && flowing && (source === 'camera' || source === 'microphone')
                ? [{ sample, ...(upstream && { upstream: { loss: upstream.fractionLost, bitrate: upstream.bitrate } }) }] : [];
        });
        const received = streams.filter(({ participantId }) => participantId !== selfId);
        const own = this.settle(selfId, judgeOwn({
            reconnecting: snapshot.state === 'reconnecting',
            sent: of(streams.filter(({ participantId }) => participantId === selfId)).map(({ sample }) => sample),
            lossHere: lossBehindTheServer(of(received)),
            roundTrip: milliseconds(Math.max(send?.roundTrip ?? 0, receive?.roundTrip ?? 0)),
            available: send?.available,
        }));
        for (const { id } of snapshot.participants) {
            const others = of(received.filter(({ participantId }) => participantId !== id));
            this.settle(id, judgeOther({
                streams: of(received.filter(({ participantId }) => participantId === id)),
                lossOfOthers: others.length === 0 ? undefined : median(others.map(({ sample }) => sample.loss)),
                own,
            }));
        }
        const present = new Set([selfId, ...snapshot.participants.map(({ id }) => id)]);
        for (const id of this.verdicts.keys()) if (!present.has(id)) this.verdicts.delete(id);
    }

    private settle(participantId: string, found: Verdict): Verdict {
        const next = steady(this.verdicts.get(participantId) ?? FIRST, found);
        this.verdicts.set(participantId, next);
        return next.shown;
    }
}

function streamsOf(selfId: string, { participants, local }: MeetingSnapshot): Stream[] {
    const own = [local.microphone, local.camera, ...local.screens].flatMap((view) => (view === undefined ? []
        : [{ participantId: selfId, source: view.source, id: view.id, trackId: view.track.id, flowing: !view.paused }]));
    return [...own, ...participants.flatMap(({ id: participantId, tracks }) => tracks.map(({ id, source, track, paused, receiving }) =>
        ({ participantId, source, id, trackId: track?.id, flowing: !paused && receiving })))];
}

/** Loss that everybody's streams have in common is one's own: the median leaves out single senders. What the server missed is not. */
function lossBehindTheServer(received: readonly Received[]): number {
    return received.length === 0 ? 0 : median(received.map(({ sample, upstream }) => Math.max(0, sample.loss - (upstream?.loss ?? 0))));
}

function median(values: readonly number[]): number {
    const sorted = [...values].sort((a, b) => a - b);
    return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}

function milliseconds(seconds: number): number {
    return seconds * 1_000;
}
