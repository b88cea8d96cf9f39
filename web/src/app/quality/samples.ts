import type { Reading, StreamReading } from './readings';

/** How one stream did between two readings. */
export interface Sample {
    /** Milliseconds, of the later reading. */
    readonly at: number;
    readonly kind: 'audio' | 'video';
    readonly codec?: string;
    readonly width?: number;
    readonly height?: number;
    /** Frames a second. */
    readonly fps?: number;
    /** Bits a second. */
    readonly bitrate: number;
    /** The share of packets that did not arrive at first, 0 to 1. */
    readonly loss: number;
    /** Milliseconds. */
    readonly jitter?: number;
    /** Milliseconds. */
    readonly roundTrip?: number;
    /** The share of the time in which the picture stood still, 0 to 1. */
    readonly frozen: number;
    readonly limited?: string;
}

/** Counters that went back belong to another stream of the same track: nothing can be said of the time between. */
export function sampleOf(before: StreamReading, after: StreamReading, from: number, to: number): Sample | undefined {
    const seconds = (to - from) / 1_000;
    const [bytes, packets, frames] = [after.bytes - before.bytes, after.packets - before.packets, after.frames - before.frames];
    if (seconds <= 0 || bytes < 0 || packets < 0 || frames < 0) {
        return undefined;
    }
    // Packets that came late count as lost at first, and back later.
    const lost = Math.max(0, after.lost - before.lost);
    const { kind, codec, width, height, fps, jitter, roundTrip, limited, lostThere } = after;
    return {
        at: to,
        kind,
        bitrate: (bytes * 8) / seconds,
        loss: lostThere ?? (lost + packets > 0 ? lost / (lost + packets) : 0),
        frozen: Math.min(1, Math.max(0, after.frozen - before.frozen) / seconds),
        ...(codec !== undefined && { codec }),
        ...(width !== undefined && height !== undefined && { width, height }),
        // The browser's own figure outlives the frames: nothing was decoded is nothing.
        ...(kind === 'video' && { fps: frames === 0 ? 0 : fps ?? frames / seconds }),
        ...(jitter !== undefined && { jitter: jitter * 1_000 }),
        ...(roundTrip !== undefined && { roundTrip: roundTrip * 1_000 }),
        ...(limited !== undefined && { limited }),
    };
}

/** The samples of every stream that both readings know, by track. */
export function samplesOf(before: Reading, after: Reading): ReadonlyMap<string, Sample> {
    const samples = new Map<string, Sample>();
    for (const [trackId, now] of after.streams) {
        const then = before.streams.get(trackId);
        const sample = then && sampleOf(then, now, before.at, after.at);
        if (sample !== undefined) {
            samples.set(trackId, sample);
        }
    }
    return samples;
}
