/** What the server counts of one RTP stream; the names are those of W3C webrtc-stats. */
export interface StreamStats {
    readonly mimeType: string;
    /** Media packets that the server received, or sent. */
    readonly packets: number;
    readonly packetsLost: number;
    /** Lost in the last report interval, before anything was sent again; 0 to 1. */
    readonly fractionLost: number;
    /** Seconds. */
    readonly jitter: number;
    /** Seconds; 0 when it is not known yet. */
    readonly roundTripTime: number;
    /** Bits a second, over about the last second. */
    readonly bitrate: number;
}

/** The two halves of a stream's way: from its sender to the server, and from there to oneself. */
export interface ServerStats {
    readonly received?: StreamStats;
    readonly sent?: StreamStats;
}

/** Picks the figures out of the answer to `getStats`. */
export function serverStats(stats: readonly Record<string, unknown>[]): ServerStats {
    const received = busiest(stats.filter(({ type }) => type === 'inbound-rtp').map((one) => streamStats(one, 'packetsReceived')));
    const sent = busiest(stats.filter(({ type }) => type === 'outbound-rtp').map((one) => streamStats(one, 'packetsSent')));
    return { ...(received && { received }), ...(sent && { sent }) };
}

/** A sender may change its SSRC: the stream that carries most now is the one that counts. */
function busiest(streams: readonly StreamStats[]): StreamStats | undefined {
    return streams.reduce<StreamStats | undefined>((best, one) => (best && best.bitrate >= one.bitrate ? best : one), undefined);
}

function streamStats(stats: Record<string, unknown>, packets: string): StreamStats {
    const number = (name: string): number => (typeof stats[name] === 'number' ? stats[name] : 0);
    return {
        mimeType: typeof stats['mimeType'] === 'string' ? stats['mimeType'] : '',
        packets: number(packets),
        packetsLost: number('packetsLost'),
        fractionLost: number('fractionLost'),
        jitter: number('jitter'),
        roundTripTime: number('roundTripTime'),
        bitrate: number('bitrate'),
    };
}
