import type { types } from 'mediasoup-client';
import { asParleyError } from '../errors';
import type { TransportInfo } from '../messages';
import { Signalling, type SocketLike } from '../signalling';
import { openSocket } from '../socket';
import { checkCodecs, checkDevice, willAsk } from './equipment';
import { type ProbeOutcome, type ProbeWay, probe } from './probe';
import { checkHttps, checkWebSocket } from './reaching';
import { type Relay, type RelayId, relaysBy } from './relays';
import { CHECK_IDS, type CheckId, type CheckLine, type CheckReason, type ConnectionReport, verdictOf } from './report';
import { Turns } from './turns';

export interface CheckOptions {
    /** Where the server is, e.g. `https://meet.example.org`. Default: the page's origin. */
    readonly url?: string;
    /** Whether camera and microphone are opened for a moment, for which the browser may ask the person. Default: yes. */
    readonly devices?: boolean;
    /** Called with each change, at once for the first time. */
    readonly onChange?: (report: ConnectionReport) => void;
    /** Ends it early: the promise rejects with the signal's reason. */
    readonly signal?: AbortSignal;
    /** For tests: what to connect with instead of Socket.IO. */
    readonly seams?: { readonly socket?: () => SocketLike };
}

/** Milliseconds. A relay may first have to be given up over several addresses. */
const DIRECT = 8_000;
const RELAYED = 12_000;
/** How many relays are tried for each protocol until one works. */
const RELAYS = 2;

/** A server lets one socket have no more probes at a time. */
const AT_ONCE = 4;

type MediaId = 'udp' | 'tcp' | RelayId;
const MEDIA_IDS: readonly MediaId[] = ['udp', 'tcp', 'relay-udp', 'relay-tcp', 'relay-tls'];

/**
 * Tries, from this browser, everything that a meeting needs, and every way that media can go. No room is needed. Never rejects
 * because something does not work: that is what the report is for.
 */
export async function checkConnection(options: CheckOptions = {}): Promise<ConnectionReport> {
    return new Check(options).run();
}

class Check {
    private readonly base: string;
    private readonly signal: AbortSignal;
    private readonly lines = new Map<CheckId, CheckLine>();
    private readonly startedAt = new Date().toISOString();

    constructor(private readonly options: CheckOptions) {
        this.base = new URL('/', options.url ?? globalThis.location.origin).href;
        this.signal = options.signal ?? new AbortController().signal;
        for (const id of CHECK_IDS) {
            const isDevice = id === 'camera' || id === 'microphone';
            if (!isDevice || options.devices !== false) this.lines.set(id, { id, status: 'running' });
        }
    }

    async run(): Promise<ConnectionReport> {
        this.put(checkCodecs());
        await Promise.all([
            checkHttps(this.base, this.signal).then((line) => this.put(line)),
            checkWebSocket(this.base, this.signal).then((line) => this.put(line)),
            this.media(),
            this.devices(),
        ]);
        this.signal.throwIfAborted();
        return this.report();
    }

    /** One after the other, so that one question does not cover the other. */
    private async devices(): Promise<void> {
        for (const id of ['microphone', 'camera'] as const) {
            if (!this.lines.has(id) || this.signal.aborted) continue;
            if (await willAsk(id)) this.put({ id, status: 'running', reason: 'device/asking' });
            this.put(await Promise.race([checkDevice(id), this.aborted()]));
        }
    }

    private async media(): Promise<void> {
        if (typeof globalThis.RTCPeerConnection !== 'function') return this.skip('webrtc/missing');
        const socket = this.options.seams?.socket ?? (() => openSocket(this.options.url));
        const signalling = new Signalling(socket());
        const stop = (): void => signalling.close();
        this.signal.addEventListener('abort', stop);
        try {
            await this.probeAll(signalling, await signalling.request('openProbe', {}));
        } catch (cause) {
            this.skip(reasonOfRefusal(asParleyError(cause, 'server/internal').code));
        } finally {
            this.signal.removeEventListener('abort', stop);
            signalling.close();
        }
    }

    /** All ways at once, as far as the server lets one socket; each of them takes long only where nothing answers. */
    private async probeAll(signalling: Signalling, first: TransportInfo): Promise<void> {
        const of = (protocol: string) => (all: readonly types.IceCandidate[]) => all.filter((one) => one.protocol === protocol);
        const turns = new Turns(AT_ONCE);
        const direct = async (id: 'udp' | 'tcp', opened?: TransportInfo): Promise<void> => {
            if (of(id)(first.iceCandidates).length === 0) return this.put({ id, status: 'skipped', reason: 'probe/not-offered' });
            const way: ProbeWay = { candidates: of(id), timeout: DIRECT };
            this.put(lineOf(id, await turns.take(() => probe(signalling, way, this.signal, opened)), addresses(of(id)(first.iceCandidates))));
        };
        const relays = relaysBy(first.iceServers);
        const relayed = async (id: RelayId): Promise<void> => this.put(await turns.take(() => this.throughRelays(signalling, id, relays[id], of('udp'))));
        // The probe that is there already is used by the first way that is offered, for it counts.
        const useless = of('udp')(first.iceCandidates).length === 0;
        await Promise.all([direct('udp', useless ? undefined : first), direct('tcp', useless ? first : undefined), ...(['relay-udp', 'relay-tcp', 'relay-tls'] as const).map(relayed)]);
    }

    /** The first that works, or what was wrong with the last. */
    private async throughRelays(
        signalling: Signalling,
        id: RelayId,
        relays: readonly Relay[],
        candidates: ProbeWay['candidates'],
    ): Promise<CheckLine> {
        let line: CheckLine = { id, status: 'skipped', reason: 'probe/not-offered' };
        for (const relay of relays.slice(0, RELAYS)) {
            line = lineOf(id, await probe(signalling, { candidates, relay, timeout: RELAYED }, this.signal), relay.url);
            if (line.status === 'passed') break;
        }
        return line;
    }

    private skip(reason: CheckReason): void {
        for (const id of MEDIA_IDS) if (this.lines.get(id)?.status === 'running') this.put({ id, status: 'skipped', reason });
    }

    private put(line: CheckLine): void {
        if (this.signal.aborted) return;
        this.lines.set(line.id, line);
        this.options.onChange?.(this.report());
    }

    private report(): ConnectionReport {
        const lines = [...this.lines.values()];
        const { userAgent = '' } = globalThis.navigator ?? {};
        return { verdict: verdictOf(lines), lines, startedAt: this.startedAt, server: new URL(this.base).origin, userAgent };
    }

    private aborted(): Promise<never> {
        return new Promise((_, reject) => {
            this.signal.addEventListener('abort', () => reject(this.signal.reason as Error), { once: true });
        });
    }
}

function lineOf(id: MediaId, outcome: ProbeOutcome, tried: string): CheckLine {
    if (outcome.ok) {
        const { milliseconds, address = tried } = outcome;
        return { id, status: 'passed', milliseconds, address };
    }
    const { why, code, detail } = outcome;
    const more = { address: tried, ...(detail !== undefined && { detail }) };
    if (why === 'server') return { id, status: 'skipped', reason: reasonOfRefusal(code ?? ''), ...more };
    return { id, status: 'failed', reason: reasonOf(id, why), ...more };
}

function reasonOf(id: MediaId, why: 'ice' | 'dtls' | 'gathering' | 'refused'): CheckReason {
    if (why === 'dtls') return 'dtls/failed';
    if (id === 'udp' || id === 'tcp') return `${id}/blocked`;
    return why === 'refused' ? 'relay/refused' : why === 'gathering' ? 'relay/unreachable' : 'relay/no-route';
}

function reasonOfRefusal(code: string): CheckReason {
    if (code.startsWith('signalling/')) return 'probe/needs-signalling';
    return code === 'request/too-many' || code === 'limit/reached' ? 'probe/too-many' : 'probe/unsupported';
}

function addresses(candidates: readonly types.IceCandidate[]): string {
    return candidates.map(({ address, ip, port }) => `${(address ?? ip).includes(':') ? `[${address ?? ip}]` : (address ?? ip)}:${port}`).join(', ');
}
