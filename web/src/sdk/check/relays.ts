import type { CheckId } from './report';

export type RelayId = Extract<CheckId, `relay-${string}`>;

/** One relay by one way to it. */
export interface Relay {
    readonly url: string;
    readonly server: RTCIceServer;
}

/** The relays of a server's list by the protocol that reaches them; STUN servers are none. */
export function relaysBy(iceServers: readonly RTCIceServer[]): Readonly<Record<RelayId, readonly Relay[]>> {
    const relays: Record<RelayId, Relay[]> = { 'relay-udp': [], 'relay-tcp': [], 'relay-tls': [] };
    for (const { urls, ...credentials } of iceServers) {
        for (const url of typeof urls === 'string' ? [urls] : urls) {
            const id = protocolOf(url);
            if (id) relays[id].push({ url, server: { ...credentials, urls: [url] } });
        }
    }
    return relays;
}

/** RFC 7065: `turn:host:port?transport=tcp`; `turns:` is TLS, over TCP if nothing is said. */
function protocolOf(url: string): RelayId | undefined {
    const match = /^(turns?):[^?]+(?:\?transport=(\w+))?$/i.exec(url.trim());
    if (!match) return undefined;
    if (match[1]!.toLowerCase() === 'turns') return 'relay-tls';
    return match[2]?.toLowerCase() === 'tcp' ? 'relay-tcp' : 'relay-udp';
}
