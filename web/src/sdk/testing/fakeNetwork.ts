import { FakeMediaStreamTrack } from 'fake-mediastreamtrack';
import { vi } from 'vitest';
import { relaysBy } from '../check/relays';

type Way = 'udp' | 'tcp' | 'relay-udp' | 'relay-tcp' | 'relay-tls';

/** For tests: a browser's ways to the server, each of which can be broken. */
export class FakeNetwork {
    https = true;
    webSocket = true;
    /** Nothing answers there. */
    readonly dead = new Set<Way>();
    readonly deadUrls = new Set<string>();
    readonly noDtls = new Set<Way>();
    readonly refused = new Set<Way>();
    readonly noRoute = new Set<Way>();
    /** What opening a device throws; `asking`: the person does not answer. */
    readonly devices: Record<'camera' | 'microphone', string | undefined> = { camera: undefined, microphone: undefined };
    codecs = { audio: ['audio/opus', 'audio/red'], video: ['video/VP8', 'video/rtx', 'video/H264'] };
    readonly connections: FakeConnection[] = [];
    readonly tracks: FakeMediaStreamTrack[] = [];

    install(): void {
        const network = this;
        vi.stubGlobal('fetch', async () => {
            if (!network.https) throw new TypeError('failed to fetch');
            return new Response();
        });
        vi.stubGlobal('WebSocket', class extends EventTarget {
            constructor() {
                super();
                setTimeout(() => this.dispatchEvent(network.webSocket ? new MessageEvent('message', { data: '0{}' }) : new Event('error')), 5);
            }
            close(): void {}
        });
        vi.stubGlobal('RTCPeerConnection', class extends FakeConnection {
            constructor(configuration: RTCConfiguration) {
                super(network, configuration);
                network.connections.push(this);
            }
        });
        const capabilities = { getCapabilities: (kind: 'audio' | 'video') => ({ codecs: network.codecs[kind].map((mimeType) => ({ mimeType })) }) };
        vi.stubGlobal('RTCRtpSender', capabilities);
        vi.stubGlobal('RTCRtpReceiver', capabilities);
        vi.stubGlobal('navigator', { userAgent: 'Test', mediaDevices: { getUserMedia: (wanted: object) => network.open(wanted) },
            permissions: { query: async ({ name }: { name: 'camera' | 'microphone' }) => ({ state: network.devices[name] === 'asking' ? 'prompt' : 'granted' }) } });
    }

    private async open(wanted: object): Promise<unknown> {
        const device = 'video' in wanted ? 'camera' : 'microphone';
        const error = this.devices[device];
        if (error === 'asking') return new Promise(() => {});
        if (error !== undefined) throw new DOMException('no', error);
        const track = new FakeMediaStreamTrack({ kind: device === 'camera' ? 'video' : 'audio', label: `A ${device}` });
        this.tracks.push(track);
        return { getVideoTracks: () => [track], getAudioTracks: () => [track] };
    }
}

/** As much of an RTCPeerConnection as a probe needs. */
class FakeConnection extends EventTarget {
    connectionState = 'new';
    iceConnectionState = 'new';
    iceGatheringState = 'new';
    closed = false;
    remote: { address: string; protocol: string; port: number }[] = [];
    readonly policy: string;
    private readonly url: string | undefined;

    constructor(
        private readonly network: FakeNetwork,
        private readonly configuration: RTCConfiguration,
    ) {
        super();
        this.policy = configuration.iceTransportPolicy ?? 'all';
        this.url = configuration.iceServers?.[0]?.urls[0];
    }

    createDataChannel(): object {
        return {};
    }

    async createOffer(): Promise<RTCSessionDescriptionInit> {
        return { type: 'offer', sdp: 'v=0\r\na=mid:0\r\na=fingerprint:sha-256 AA:BB\r\n' };
    }

    async setLocalDescription(): Promise<void> {}

    async setRemoteDescription({ sdp = '' }: RTCSessionDescriptionInit): Promise<void> {
        this.remote = [...sdp.matchAll(/^a=candidate:\S+ 1 (\w+) \d+ (\S+) (\d+) typ host(?: tcptype passive)?\r$/gm)]
            .map(([, protocol, address, port]) => ({ protocol: protocol!, address: address!, port: Number(port) }));
        setTimeout(() => this.go(), 5);
    }

    async getStats(): Promise<Map<string, object>> {
        const { address, port } = this.remote[0]!;
        return new Map<string, object>([
            ['p', { id: 'p', type: 'candidate-pair', state: 'succeeded', nominated: true, localCandidateId: 'l', remoteCandidateId: 'r' }],
            ['l', { id: 'l', type: 'local-candidate', protocol: this.way() === 'tcp' ? 'tcp' : 'udp', candidateType: 'host' }],
            ['r', { id: 'r', type: 'remote-candidate', address, port }],
        ]);
    }

    close(): void {
        this.closed = true;
    }

    private way(): Way {
        if (this.policy !== 'relay') return this.remote[0]?.protocol as Way;
        const relays = relaysBy(this.configuration.iceServers ?? []);
        return (Object.keys(relays) as (keyof typeof relays)[]).find((id) => relays[id].length > 0)!;
    }

    private go(): void {
        const way = this.way();
        const { dead, deadUrls, refused, noRoute, noDtls } = this.network;
        if (this.policy === 'relay') {
            if (refused.has(way)) this.dispatchEvent(Object.assign(new Event('icecandidateerror'), { errorCode: 401, errorText: 'Unauthorized' }));
            else if (!dead.has(way) && !deadUrls.has(this.url!)) this.dispatchEvent(Object.assign(new Event('icecandidate'), { candidate: { candidate: 'candidate:1' } }));
            this.iceGatheringState = 'complete';
            this.dispatchEvent(new Event('icegatheringstatechange'));
        }
        if (dead.has(way) || refused.has(way) || noRoute.has(way) || deadUrls.has(this.url!)) return;
        this.iceConnectionState = 'connected';
        if (noDtls.has(way)) return;
        this.connectionState = 'connected';
        this.dispatchEvent(new Event('connectionstatechange'));
    }
}
