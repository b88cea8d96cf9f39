import { activePair, type StatsMap } from './engine';

/** How media travels: straight to the server, or through a relay that is reached by UDP, TCP or TLS. */
export type PathProtocol = 'udp' | 'tcp' | 'relay-udp' | 'relay-tcp' | 'relay-tls';

/** The way that media takes between here and the server. */
export interface MediaPath {
    readonly protocol: PathProtocol;
    /** Address and port at this end, or at the relay's; missing where the browser hides them. */
    readonly local?: string;
    /** Address and port of the server. */
    readonly remote?: string;
}

/** Reads it from a browser's statistics; undefined while nothing is connected. */
export function pathOf(report: StatsMap): MediaPath | undefined {
    const pair = activePair(report);
    const local = report.get(String(pair?.['localCandidateId']));
    const remote = report.get(String(pair?.['remoteCandidateId']));
    if (!local) return undefined;
    const [here, there] = [addressOf(local), addressOf(remote)];
    return { protocol: protocolOf(local), ...(here && { local: here }), ...(there && { remote: there }) };
}

/**
 * Whether media goes through a relay over TCP though the browser has not tried TCP to the server itself. Chromium begins with UDP, asks
 * the relays 50 ms later, and gathers what it needs for TCP 50 ms after that, unless something works by then: a relay that is near.
 */
export function isDetour(report: StatsMap): boolean {
    const local = report.get(String(activePair(report)?.['localCandidateId']));
    if (!local || local['candidateType'] !== 'relay' || protocolOf(local) === 'relay-udp') return false;
    return ![...report.values()].some(({ type, protocol, candidateType }) => type === 'local-candidate' && protocol === 'tcp' && candidateType !== 'relay');
}

function protocolOf(local: Readonly<Record<string, unknown>>): PathProtocol {
    const tcp = local['protocol'] === 'tcp';
    if (local['candidateType'] !== 'relay') return tcp ? 'tcp' : 'udp';
    const by = local['relayProtocol'];
    return by === 'tls' ? 'relay-tls' : by === 'tcp' ? 'relay-tcp' : 'relay-udp';
}

function addressOf(candidate: Readonly<Record<string, unknown>> | undefined): string | undefined {
    const address = candidate?.['address'] ?? candidate?.['ip'];
    const port = candidate?.['port'];
    if (typeof address !== 'string' || address === '' || typeof port !== 'number') return undefined;
    return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

export function samePath(a: MediaPath | undefined, b: MediaPath | undefined): boolean {
    return a?.protocol === b?.protocol && a?.local === b?.local && a?.remote === b?.remote;
}
