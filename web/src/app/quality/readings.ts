/** One object of an `RTCStatsReport`; what a browser does not tell is missing. */
type Stats = Readonly<Record<string, unknown>> & { readonly id: string; readonly type: string };

/** The counters of one stream at one moment, as the browser tells them. */
export interface StreamReading {
    /** The id of the `MediaStreamTrack`. */
    readonly trackId: string;
    readonly kind: 'audio' | 'video';
    readonly codec?: string;
    readonly width?: number;
    readonly height?: number;
    readonly fps?: number;
    readonly bytes: number;
    readonly packets: number;
    readonly lost: number;
    /** Of one's own stream: the share that the server missed lately, 0 to 1. */
    readonly lostThere?: number;
    /** Seconds. */
    readonly jitter?: number;
    /** Seconds, to the server and back. */
    readonly roundTrip?: number;
    readonly frames: number;
    /** Seconds that the picture stood still so far. */
    readonly frozen: number;
    /** Why the browser sends less than it could. */
    readonly limited?: string;
}

/** The way that media takes between here and the server. */
export interface PathReading {
    /** Seconds. */
    readonly roundTrip?: number;
    /** Bits a second that the browser believes it can send. */
    readonly available?: number;
    readonly protocol?: string;
    readonly relayed: boolean;
    /** By which the relay is reached. */
    readonly relayProtocol?: string;
    /** The DTLS version and the cipher, as far as the browser tells. */
    readonly encryption?: string;
}

/** Everything at one moment. */
export interface Reading {
    /** Milliseconds on a clock that only goes forward. */
    readonly at: number;
    readonly streams: ReadonlyMap<string, StreamReading>;
    readonly send?: PathReading;
    readonly receive?: PathReading;
}

export interface Reports {
    readonly send?: Iterable<[string, unknown]>;
    readonly recv?: Iterable<[string, unknown]>;
}

/** Picks what people may want to know out of the browser's two reports. */
export function readingOf({ send, recv }: Reports, at: number): Reading {
    const sent = new Map(send as Iterable<[string, Stats]> | undefined);
    const received = new Map(recv as Iterable<[string, Stats]> | undefined);
    const streams = new Map<string, StreamReading>();
    for (const stats of received.values()) {
        if (stats.type === 'inbound-rtp') {
            const stream = inbound(stats, received);
            if (stream !== undefined) streams.set(stream.trackId, stream);
        }
    }
    const remotes = [...sent.values()].filter(({ type }) => type === 'remote-inbound-rtp');
    for (const stats of sent.values()) {
        if (stats.type === 'outbound-rtp') {
            const stream = outbound(stats, sent, remotes.find((remote) => remote['localId'] === stats.id));
            if (stream !== undefined) streams.set(stream.trackId, stream);
        }
    }
    const [sendPath, receivePath] = [pathOf(sent), pathOf(received)];
    return { at, streams, ...(sendPath && { send: sendPath }), ...(receivePath && { receive: receivePath }) };
}

function inbound(stats: Stats, report: ReadonlyMap<string, Stats>): StreamReading | undefined {
    const trackId = text(stats, 'trackIdentifier');
    if (trackId === undefined) return undefined;
    return {
        trackId,
        ...common(stats, report),
        bytes: number(stats, 'bytesReceived') ?? 0,
        packets: number(stats, 'packetsReceived') ?? 0,
        lost: number(stats, 'packetsLost') ?? 0,
        frames: number(stats, 'framesDecoded') ?? 0,
        frozen: number(stats, 'totalFreezesDuration') ?? 0,
        ...present({ jitter: number(stats, 'jitter') }),
    };
}

function outbound(stats: Stats, report: ReadonlyMap<string, Stats>, remote: Stats | undefined): StreamReading | undefined {
    const source = report.get(text(stats, 'mediaSourceId') ?? '');
    const trackId = source && text(source, 'trackIdentifier');
    if (trackId === undefined) return undefined;
    const limited = text(stats, 'qualityLimitationReason');
    return {
        trackId,
        ...common(stats, report),
        bytes: number(stats, 'bytesSent') ?? 0,
        packets: number(stats, 'packetsSent') ?? 0,
        lost: (remote && number(remote, 'packetsLost')) ?? 0,
        frames: number(stats, 'framesEncoded') ?? 0,
        frozen: 0,
        ...present({
            lostThere: remote && number(remote, 'fractionLost'),
            jitter: remote && number(remote, 'jitter'),
            roundTrip: remote && number(remote, 'roundTripTime'),
            limited: limited === 'none' ? undefined : limited,
        }),
    };
}

function common(stats: Stats, report: ReadonlyMap<string, Stats>) {
    const codec = report.get(text(stats, 'codecId') ?? '');
    return {
        kind: stats['kind'] === 'audio' ? 'audio' as const : 'video' as const,
        ...present({
            codec: codec && text(codec, 'mimeType')?.replace(/^\w+\//, ''),
            width: number(stats, 'frameWidth'),
            height: number(stats, 'frameHeight'),
            fps: number(stats, 'framesPerSecond'),
        }),
    };
}

function pathOf(report: ReadonlyMap<string, Stats>): PathReading | undefined {
    const all = [...report.values()];
    const transport = all.find(({ type }) => type === 'transport');
    const pair = report.get((transport && text(transport, 'selectedCandidatePairId')) ?? '')
        ?? all.find((one) => one.type === 'candidate-pair' && one['nominated'] === true && one['state'] === 'succeeded');
    if (pair === undefined) return undefined;
    const local = report.get(text(pair, 'localCandidateId') ?? '');
    const [version, cipher] = [transport && text(transport, 'tlsVersion'), transport && text(transport, 'srtpCipher')?.replace(/^SRTP_/, '')];
    const encryption = [version && DTLS_VERSIONS[version], cipher].filter(Boolean).join(', ');
    return {
        relayed: local?.['candidateType'] === 'relay',
        ...present({
            roundTrip: number(pair, 'currentRoundTripTime'),
            available: number(pair, 'availableOutgoingBitrate'),
            protocol: local && text(local, 'protocol'),
            relayProtocol: local && text(local, 'relayProtocol'),
            encryption: encryption === '' ? undefined : encryption,
        }),
    };
}

/** As DTLS numbers its versions: in ones' complement. */
const DTLS_VERSIONS: Readonly<Record<string, string>> = { FEFF: 'DTLS 1.0', FEFD: 'DTLS 1.2', FEFC: 'DTLS 1.3' };

function number(stats: Stats, name: string): number | undefined {
    const value = stats[name];
    return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

function text(stats: Stats, name: string): string | undefined {
    const value = stats[name];
    return typeof value === 'string' ? value : undefined;
}

/** Without the fields that are not there. */
function present<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
    return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}
