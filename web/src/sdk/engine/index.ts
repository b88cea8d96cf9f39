/**
 * What differs between browser engines, in one place. Wherever it can be, a difference is found by trying what the engine has and
 * not by its name, so that a browser that learns something is treated as knowing it.
 *
 * | difference | Chromium | Firefox | Safari | what is done |
 * |---|---|---|---|---|
 * | part of mediasoup-client | Chrome111 | Firefox120 | Safari12 | `engine/handler.ts`: only the one that is needed is fetched |
 * | H.264 | yes | not in builds without OpenH264 (Debian's) | yes | codecs are negotiated, VP8 is everywhere; {@link codecs} tells |
 * | new TURN credentials for a running transport | yes | not through mediasoup-client | yes | {@link renewIceServers}; else the next transport has them |
 * | which candidate pair carries the media | `selectedCandidatePairId` of the transport | not in all versions, but `selected` of the pair | as Chromium | {@link activePair} |
 * | proof that a path lives | bytes, `responsesReceived` | only bytes in some versions | as Chromium | {@link receivedSoFar} adds what there is |
 * | a path that died | told after 5 s and more | told by its own checks | as Chromium | {@link readActivePair} shows it sooner, where checks are counted |
 * | a relay that answers before TCP has been tried | gathering ends, and the relay stays | gathers all | as Chromium | one restart without relays, see {@link isDetour} |
 * | type of the network | Android, ChromeOS | no | no | {@link networkInformation}; `online` and waking up are everywhere |
 * | choice of the loudspeaker | yes | yes | no | {@link canChooseSpeaker} |
 * | volume of an element | yes | yes | not on iOS, where the keys of the phone have it | {@link volumeIsFixed}: the sound graph does it |
 * | a remote stream in a sound graph | silent unless an element plays it too | sounds | sounds | every voice keeps its element (`sound/boost.ts`) |
 * | sound before a click | blocked | blocked | blocked | MeetingSound waits for a click |
 * | an AudioContext during a phone call | – | – | `interrupted` | told as a trouble (`sound/listening.ts`) |
 * | the system's own choice in the list of devices | under the id `default` | the first | the first | {@link standardDevice} |
 * | options for sharing a screen | offers what they say | ignores them | ignores them | asked for, never relied on (`screen.ts`) |
 * | sharing a screen | from anywhere | from a click only | from a click only | only begun from a click |
 * | sound of a shared screen | of tabs, on some systems of all | no | no | taken where it is given |
 * | why a relay could not be had | `icecandidateerror` | not in all versions | yes | the connection check tells less where it is missing |
 *
 * Nothing differs, though one might think so: candidates over TCP (all three dial passive ones), DTLS roles (the server takes either),
 * several encodings (one is sent). `playoutDelayHint` and `jitterBufferTarget` are not used: the browsers' own buffers are.
 */
import type { DeviceInfo } from '../devices';
import type { PairReading } from '../silenceWatch';

/** Whether the loudspeaker can be chosen in this browser. */
export function canChooseSpeaker(): boolean {
    return typeof globalThis.HTMLMediaElement?.prototype.setSinkId === 'function';
}

let fixed: boolean | undefined;

/** iOS leaves the volume of elements to the keys at the side of the phone. */
export function volumeIsFixed(): boolean {
    if (fixed === undefined) {
        const element = document.createElement('audio');
        element.volume = 0.5;
        fixed = element.volume !== 0.5;
    }
    return fixed;
}

/** Chromium lists the system's choice under that id, other browsers list it first. */
export function standardDevice(devices: readonly DeviceInfo[]): DeviceInfo | undefined {
    return devices.find(({ id }) => id === 'default') ?? devices[0];
}

/** One object of an `RTCStatsReport`; what a browser does not tell is missing. */
export type Stats = Readonly<Record<string, unknown>> & { readonly id: string; readonly type: string };
export type StatsMap = ReadonlyMap<string, Stats>;

/**
 * The candidate pair that carries the media now. Firefox says so on the pair; where neither is said, it is the pair in use that has
 * carried most, for several may have succeeded.
 */
export function activePair(report: StatsMap): Stats | undefined {
    const all = [...report.values()];
    const selected = all.find(({ type }) => type === 'transport')?.['selectedCandidatePairId'];
    const pair = typeof selected === 'string' ? report.get(selected) : undefined;
    if (pair !== undefined) return pair;
    const pairs = all.filter(({ type, state }) => type === 'candidate-pair' && state === 'succeeded');
    return pairs.find((one) => one['selected'] === true)
        ?? pairs.filter(({ nominated }) => nominated === true).sort((a, b) => carried(b) - carried(a))[0];
}

function carried(pair: Stats): number {
    return figure(pair, 'bytesReceived') + figure(pair, 'bytesSent');
}

export interface Received {
    /** Grows as long as anything at all comes from the server: media, or answers to the browser's checks. */
    readonly count: number;
    /** Whether a count that does not grow proves silence: not where the browser leaves the answers out, for muted media is silent too. */
    readonly complete: boolean;
}

export function receivedSoFar(report: StatsMap): Received | undefined {
    const pairs = [...report.values()].filter(({ type }) => type === 'candidate-pair');
    if (pairs.length === 0) return undefined;
    const count = pairs.reduce((sum, pair) => sum + figure(pair, 'bytesReceived') + figure(pair, 'responsesReceived'), 0);
    return { count, complete: pairs.some((pair) => typeof pair['responsesReceived'] === 'number') };
}

/** What the pair in use has seen; undefined where the browser does not count checks and answers (some versions of Firefox). */
export function readActivePair(report: StatsMap): PairReading | undefined {
    const pair = activePair(report);
    if (typeof pair?.['responsesReceived'] !== 'number' || typeof pair['requestsSent'] !== 'number') return undefined;
    return { id: pair.id, received: figure(pair, 'bytesReceived') + figure(pair, 'responsesReceived'), checks: pair['requestsSent'] };
}

function figure(stats: Stats, name: string): number {
    const value = stats[name];
    return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}

/** What can be given new ICE servers; mediasoup-client's transport is one. */
interface Renewable {
    updateIceServers(options: { iceServers: RTCIceServer[] }): Promise<void>;
}

/** Gives a running transport new ICE servers, for its next restart; false where the engine cannot: the next transport has them. */
export async function renewIceServers(transport: Renewable, iceServers: readonly RTCIceServer[]): Promise<boolean> {
    try {
        await transport.updateIceServers({ iceServers: [...iceServers] });
        return true;
    } catch {
        return false;
    }
}

interface NetworkInformation extends EventTarget {
    /** `wifi`, `cellular`, `ethernet`, `none` …; missing where the browser does not tell. */
    readonly type?: string;
}

/** What tells that the type of the network changes; elsewhere there are only `online` and `offline`. */
export function networkInformation(): NetworkInformation | undefined {
    return (globalThis.navigator as { connection?: NetworkInformation } | undefined)?.connection;
}

export interface Codecs {
    /** MIME types without their kind, such as `opus` and `VP8`, that can be sent and received. */
    readonly audio: readonly string[];
    readonly video: readonly string[];
}

/** What this browser can send as well as receive; repairs and the like are left out. */
export function codecs(): Codecs {
    const both = (kind: 'audio' | 'video'): string[] => {
        const names = (of: { getCapabilities?(kind: string): RTCRtpCapabilities | null } | undefined): string[] =>
            (of?.getCapabilities?.(kind)?.codecs ?? []).map(({ mimeType }) => mimeType.split('/')[1] ?? '');
        const received = new Set(names(globalThis.RTCRtpReceiver));
        return [...new Set(names(globalThis.RTCRtpSender))].filter((name) => received.has(name) && !HELPERS.has(name.toLowerCase()));
    };
    return { audio: both('audio'), video: both('video') };
}

const HELPERS = new Set(['rtx', 'red', 'ulpfec', 'flexfec-03', 'cn', 'telephone-event']);
