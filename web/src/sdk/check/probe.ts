import type { types } from 'mediasoup-client';
import type { StatsMap } from '../engine';
import { asParleyError } from '../errors';
import { pathOf } from '../mediaPath';
import type { TransportInfo } from '../messages';
import type { Signalling } from '../signalling';
import { answerSdp, dtlsParametersOf, midOf } from './answer';
import type { Relay } from './relays';

export interface ProbeWay {
    /** The server's candidates to try; others are not told to the browser. */
    readonly candidates: (all: readonly types.IceCandidate[]) => readonly types.IceCandidate[];
    /** Only through this relay. */
    readonly relay?: Relay;
    /** Milliseconds until it counts as failed. */
    readonly timeout: number;
}

export type ProbeOutcome =
    | { readonly ok: true; readonly milliseconds: number; readonly address?: string }
    | {
          readonly ok: false;
          /**
           * `ice`: no path; `dtls`: a path, but no encryption over it; `gathering`: the relay gave no address; `refused`: the relay does
           * not take the credentials; `server`: the server made no probe, for the reason `code`.
           */
          readonly why: 'ice' | 'dtls' | 'gathering' | 'refused' | 'server';
          readonly code?: string;
          readonly detail?: string;
      };

/**
 * Tries one way to the server: offers a data channel, answers by hand with the server's side filtered to that way, and waits until
 * ICE and DTLS are connected. Nothing is sent. `opened` is a probe that the server has already.
 */
export async function probe(signalling: Signalling, way: ProbeWay, signal: AbortSignal, opened?: TransportInfo): Promise<ProbeOutcome> {
    let info: TransportInfo;
    try {
        info = opened ?? (await signalling.request('openProbe', {}));
    } catch (cause) {
        const { code, message } = asParleyError(cause, 'server/internal');
        return { ok: false, why: 'server', code, detail: message };
    }
    const connection = new RTCPeerConnection({
        iceServers: way.relay ? [way.relay.server] : [],
        iceTransportPolicy: way.relay ? 'relay' : 'all',
    });
    try {
        return await tried(connection, signalling, info, way, signal);
    } catch (cause) {
        const { code, message } = asParleyError(cause, 'media/failed');
        return { ok: false, why: code === 'media/failed' ? 'ice' : 'server', code, detail: message };
    } finally {
        connection.close();
        await signalling.request('closeProbe', { transportId: info.id }, { timeout: 1_000 }).catch(() => {});
    }
}

async function tried(
    connection: RTCPeerConnection,
    signalling: Signalling,
    info: TransportInfo,
    way: ProbeWay,
    signal: AbortSignal,
): Promise<ProbeOutcome> {
    connection.createDataChannel('probe');
    const relay = way.relay && new RelayWatch(connection);
    const offer = await connection.createOffer();
    const dtlsParameters = dtlsParametersOf(offer.sdp ?? '');
    if (!dtlsParameters) return { ok: false, why: 'dtls', detail: 'The browser made no certificate.' };
    await signalling.request('connectProbe', { transportId: info.id, dtlsParameters });
    const began = performance.now();
    const outcome = connected(connection, way.timeout, relay, signal);
    await connection.setLocalDescription(offer);
    await connection.setRemoteDescription({ type: 'answer', sdp: answerSdp(info, way.candidates(info.iceCandidates), midOf(offer.sdp ?? '')) });
    if (!(await outcome)) return failure(connection, relay);
    const milliseconds = Math.round(performance.now() - began);
    const address = way.relay?.url ?? pathOf((await connection.getStats()) as unknown as StatsMap)?.remote;
    return { ok: true, milliseconds, ...(address !== undefined && { address }) };
}

/** Whether ICE and DTLS came to stand in time. */
function connected(connection: RTCPeerConnection, timeout: number, relay: RelayWatch | undefined, signal: AbortSignal): Promise<boolean> {
    return new Promise((resolve) => {
        const timer = setTimeout(() => done(false), timeout);
        const done = (ok: boolean): void => {
            clearTimeout(timer);
            signal.removeEventListener('abort', aborted);
            resolve(ok);
        };
        const aborted = (): void => done(false);
        signal.addEventListener('abort', aborted);
        connection.addEventListener('connectionstatechange', () => {
            if (connection.connectionState === 'connected') done(true);
            else if (connection.connectionState === 'failed') done(false);
        });
        // Nothing can come any more.
        relay?.onEnd(() => done(false));
        if (signal.aborted) aborted();
    });
}

function failure(connection: RTCPeerConnection, relay: RelayWatch | undefined): ProbeOutcome {
    const { iceConnectionState } = connection;
    if (iceConnectionState === 'connected' || iceConnectionState === 'completed') return { ok: false, why: 'dtls' };
    if (!relay || relay.got) return { ok: false, why: 'ice' };
    return { ok: false, why: relay.refused ? 'refused' : 'gathering', ...(relay.error !== undefined && { detail: relay.error }) };
}

/** STUN and TURN errors that speak of credentials or rights (RFC 8656, section 19): the relay is there, and does not want to. */
const REFUSALS: ReadonlySet<number> = new Set([401, 403, 431, 438, 441, 486]);

/** What becomes of the relay: whether it gave an address, and why not. */
class RelayWatch {
    got = false;
    refused = false;
    error: string | undefined;
    private ended: (() => void) | undefined;

    constructor(connection: RTCPeerConnection) {
        connection.addEventListener('icecandidate', ({ candidate }) => {
            if (candidate !== null && candidate.candidate !== '') this.got = true;
        });
        connection.addEventListener('icecandidateerror', (event) => {
            const { errorCode, errorText } = event as RTCPeerConnectionIceErrorEvent;
            this.error = `${errorCode} ${errorText}`.trim();
            this.refused ||= REFUSALS.has(errorCode);
        });
        connection.addEventListener('icegatheringstatechange', () => {
            if (connection.iceGatheringState === 'complete' && !this.got) this.ended?.();
        });
    }

    /** Calls back when the relay has certainly given no address. */
    onEnd(ended: () => void): void {
        this.ended = ended;
    }
}
