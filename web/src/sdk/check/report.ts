/** What is looked at, in the order in which it is shown. */
export const CHECK_IDS = [
    'https',
    'websocket',
    'udp',
    'tcp',
    'relay-udp',
    'relay-tcp',
    'relay-tls',
    'camera',
    'microphone',
    'codecs',
] as const;
export type CheckId = (typeof CHECK_IDS)[number];

/** `skipped`: it could not be tried, or this server does not offer it; that is no fault. */
export type CheckStatus = 'running' | 'passed' | 'warning' | 'failed' | 'skipped';

/** Why a line is what it is; docs/sdk.md has the cause and the cure of each. */
export type CheckReason =
    | 'https/unreachable'
    | 'websocket/blocked'
    | 'signalling/unreachable'
    | 'webrtc/missing'
    | 'udp/blocked'
    | 'tcp/blocked'
    | 'dtls/failed'
    | 'relay/unreachable'
    | 'relay/refused'
    | 'relay/no-route'
    | 'probe/not-offered'
    | 'probe/needs-signalling'
    | 'probe/unsupported'
    | 'probe/too-many'
    | 'device/asking'
    | 'device/denied'
    | 'device/missing'
    | 'device/busy'
    | 'device/insecure'
    | 'device/unknown'
    | 'codecs/missing';

export interface CheckLine {
    readonly id: CheckId;
    readonly status: CheckStatus;
    readonly reason?: CheckReason;
    /** How long it took until it worked. */
    readonly milliseconds?: number;
    /** What was reached: address and port, or the relay's URL. */
    readonly address?: string;
    /** More, for people who know: a device's name, codecs, the error of a relay. */
    readonly detail?: string;
}

/**
 * `good`: nothing is in the way. `limited`: meeting works, but not as well as it could, or without a device. `blocked`: meeting will not
 * work from here.
 */
export type CheckVerdict = 'running' | 'good' | 'limited' | 'blocked';

/** Can be kept as JSON as it is. */
export interface ConnectionReport {
    readonly verdict: CheckVerdict;
    readonly lines: readonly CheckLine[];
    /** When it began, as ISO 8601 has it. */
    readonly startedAt: string;
    /** The server's address. */
    readonly server: string;
    readonly userAgent: string;
}

/** Ways that media can go. */
const MEDIA: readonly CheckId[] = ['udp', 'tcp', 'relay-udp', 'relay-tcp', 'relay-tls'];
/** Without a fault in these, everything is as good as it gets, whatever else there is. */
const BEST: readonly CheckId[] = ['https', 'websocket', 'udp', 'camera', 'microphone', 'codecs'];

/** What all lines come to. The network's part is decided before somebody has answered whether the camera may be used. */
export function verdictOf(lines: readonly CheckLine[]): CheckVerdict {
    const status = (id: CheckId): CheckStatus | undefined => lines.find((line) => line.id === id)?.status;
    if (['https', 'websocket', 'codecs'].some((id) => status(id as CheckId) === 'failed')) return 'blocked';
    const media = MEDIA.map(status);
    const works = media.includes('passed');
    const decided = !media.includes('running');
    if (!works && decided && media.includes('failed')) return 'blocked';
    if (lines.some((line) => line.status === 'running')) return 'running';
    return BEST.every((id) => status(id) === undefined || status(id) === 'passed') ? 'good' : 'limited';
}
