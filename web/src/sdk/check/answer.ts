import type { types } from 'mediasoup-client';

type Candidate = types.IceCandidate;

interface Server {
    readonly iceParameters: types.IceParameters;
    readonly dtlsParameters: types.DtlsParameters;
}

/** The server's answer to an offer with nothing but a data channel: ICE-lite, and the one to be connected to. */
export function answerSdp({ iceParameters, dtlsParameters }: Server, candidates: readonly Candidate[], mid: string): string {
    const { usernameFragment, password } = iceParameters;
    const fingerprint = dtlsParameters.fingerprints.find(({ algorithm }) => algorithm === 'sha-256') ?? dtlsParameters.fingerprints[0]!;
    const lines = [
        'v=0',
        'o=- 1 1 IN IP4 0.0.0.0',
        's=-',
        't=0 0',
        'a=ice-lite',
        `a=group:BUNDLE ${mid}`,
        'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
        'c=IN IP4 0.0.0.0',
        `a=mid:${mid}`,
        `a=ice-ufrag:${usernameFragment}`,
        `a=ice-pwd:${password}`,
        `a=fingerprint:${fingerprint.algorithm} ${fingerprint.value}`,
        'a=setup:passive',
        'a=sctp-port:5000',
        'a=max-message-size:262144',
        ...candidates.map(candidateLine),
        'a=end-of-candidates',
    ];
    return `${lines.join('\r\n')}\r\n`;
}

function candidateLine({ foundation, protocol, priority, address, ip, port, type, tcpType }: Candidate): string {
    const tcp = tcpType === undefined ? '' : ` tcptype ${tcpType}`;
    return `a=candidate:${foundation} 1 ${protocol} ${priority} ${address ?? ip} ${port} typ ${type}${tcp}`;
}

/** What the server has to know of the browser: the fingerprint of its certificate. Undefined when the offer has none. */
export function dtlsParametersOf(offer: string): types.DtlsParameters | undefined {
    const match = /^a=fingerprint:(\S+) (\S+)/m.exec(offer);
    if (!match) return undefined;
    const algorithm = match[1]!.toLowerCase() as types.FingerprintAlgorithm;
    return { role: 'client', fingerprints: [{ algorithm, value: match[2]! }] };
}

export function midOf(offer: string): string {
    return /^a=mid:(\S+)/m.exec(offer)?.[1] ?? '0';
}
