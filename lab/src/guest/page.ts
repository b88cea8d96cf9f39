import { Device, type types } from 'mediasoup-client';
import { io } from 'socket.io-client';

/**
 * A client of the server by docs/signalling.md alone: socket.io-client and mediasoup-client as they come, nothing of Parley's own.
 * Bundled, and run inside a blank page; `src/guest.ts` is its other end.
 */
export interface GuestPage {
    createRoom(): Promise<{ roomId: string; code: string }>;
    /** Joins, and from then on consumes whatever there is; nothing at all if it is to be deaf, which costs the machine little. */
    join(room: { roomId: string; code: string }, name: string, deaf?: boolean): Promise<void>;
    /** Sends the microphone. @returns the producer's id */
    publishAudio(): Promise<string>;
    /** Sends the camera in a codec, such as `video/VP9`. @returns the producer's id */
    publishVideo(mimeType: string, width: number, height: number, frameRate?: number): Promise<string>;
    /** Sends a camera's picture as a screen. @returns the producer's id */
    publishScreen(width: number, height: number, frameRate: number): Promise<string>;
    closeProducer(producerId: string): Promise<void>;
    /** Sends nothing of a producer that stays, or goes on. */
    suspendProducer(producerId: string, suspended: boolean): Promise<void>;
    /** The producer whose stream of that kind was consumed last. */
    producerOf(kind: 'audio' | 'video'): string;
    /** Consumes a stream once more. @returns the consumer's id */
    consume(producerId: string): Promise<string>;
    request(name: string, fields: object): Promise<Record<string, unknown>>;
    /** What `RTCPeerConnection.getStats()` says about a transport. */
    stats(direction: 'send' | 'recv'): Promise<Record<string, unknown>[]>;
    /** What the server dropped of a transport's datagrams so far, by reason. */
    drops(direction: 'send' | 'recv'): Promise<Record<string, number>>;
    /** Milliseconds from asking to join to the first frame shown; undefined before it. */
    firstFrame(): number | undefined;
}

type Answer = { ok: boolean; code?: string; message?: string } & Record<string, unknown>;
type Described = { id: string };

const socket = io({ transports: ['websocket'] });
const device = new Device();
const transports: { send?: types.Transport; recv?: types.Transport } = {};
const producers = new Map<string, types.Producer>();
const consumed: Partial<Record<types.MediaKind, string>> = {};
let asked = 0;
let shown: number | undefined;

async function request(name: string, fields: object = {}): Promise<Record<string, unknown>> {
    const answer = (await socket.timeout(10_000).emitWithAck(name, fields)) as Answer;
    if (!answer.ok) throw new Error(`${name}: ${answer.code} ${answer.message}`);
    return answer;
}

async function openTransport(direction: 'send' | 'recv'): Promise<types.Transport> {
    const options = await request('createTransport', { direction, rtpCapabilities: device.recvRtpCapabilities });
    const made = options as unknown as types.TransportOptions;
    const transport = direction === 'send' ? device.createSendTransport(made) : device.createRecvTransport(made);
    transport.on('connect', ({ dtlsParameters }, done, failed) => {
        request('connectTransport', { transportId: transport.id, dtlsParameters }).then(() => done(), failed);
    });
    transport.on('produce', ({ kind, rtpParameters, appData }, done, failed) => {
        const source = appData['source'] ?? (kind === 'audio' ? 'microphone' : 'camera');
        request('produce', { transportId: transport.id, kind, rtpParameters, source }).then(
            ({ producerId }) => done({ id: producerId as string }),
            failed,
        );
    });
    transports[direction] = transport;
    return transport;
}

async function consume(producerId: string): Promise<string> {
    const { consumerId, kind, rtpParameters } = await request('consume', { transportId: transports.recv!.id, producerId });
    const consumer = await transports.recv!.consume({
        id: consumerId as string,
        producerId,
        kind: kind as types.MediaKind,
        rtpParameters: rtpParameters as types.RtpParameters,
    });
    consumed[consumer.kind] = producerId;
    const element = document.createElement(consumer.kind);
    element.autoplay = true;
    element.srcObject = new MediaStream([consumer.track]);
    document.body.append(element);
    if (element instanceof HTMLVideoElement) element.requestVideoFrameCallback((now) => (shown ??= now - asked));
    socket.on('producerClosed', (event: { producerId: string }) => {
        if (event.producerId !== producerId) return;
        consumer.close();
        element.remove();
    });
    await request('resumeConsumer', { consumerId });
    return consumer.id;
}

async function publish(track: MediaStreamTrack, options: types.ProducerOptions): Promise<string> {
    const producer = await transports.send!.produce({ track, ...options });
    producers.set(producer.id, producer);
    return producer.id;
}

const guest: GuestPage = {
    async createRoom() {
        return (await request('createRoom')) as { roomId: string; code: string };
    },
    async join(room, name, deaf = false) {
        asked = performance.now();
        shown = undefined;
        const arrived: string[] = [];
        let take = (producerId: string): void => void arrived.push(producerId);
        socket.on('newProducer', ({ producer }: { producer: Described }) => take(producer.id));
        const { routerRtpCapabilities, participants } = await request('join', { ...room, name });
        await device.load({ routerRtpCapabilities: routerRtpCapabilities as types.RtpCapabilities });
        await Promise.all([openTransport('send'), ...(deaf ? [] : [openTransport('recv')])]);
        if (deaf) return;
        take = (producerId) => void consume(producerId);
        const present = (participants as { producers: Described[] }[]).flatMap(({ producers }) => producers.map(({ id }) => id));
        await Promise.all([...present, ...arrived].map(consume));
    },
    async publishAudio() {
        const wanted = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
        const [track] = (await navigator.mediaDevices.getUserMedia({ audio: wanted })).getAudioTracks();
        return publish(track!, {});
    },
    async publishVideo(mimeType, width, height, frameRate) {
        const codec = device.sendRtpCapabilities.codecs!.find((codec) => codec.mimeType.toLowerCase() === mimeType.toLowerCase());
        if (!codec) throw new Error(`Nothing to send ${mimeType} with`);
        const [track] = (await navigator.mediaDevices.getUserMedia({ video: { width, height, ...(frameRate && { frameRate }) } })).getVideoTracks();
        return publish(track!, { codec });
    },
    async publishScreen(width, height, frameRate) {
        const [track] = (await navigator.mediaDevices.getUserMedia({ video: { width, height, frameRate } })).getVideoTracks();
        return publish(track!, { appData: { source: 'screen' } });
    },
    async closeProducer(producerId) {
        producers.get(producerId)!.close();
        await request('closeProducer', { producerId });
    },
    producerOf: (kind) => consumed[kind]!,
    async suspendProducer(producerId, suspended) {
        await producers.get(producerId)!.setRtpEncodingParameters({ active: !suspended } as RTCRtpEncodingParameters);
    },
    consume,
    request,
    async stats(direction) {
        return [...(await transports[direction]!.getStats()).values()] as Record<string, unknown>[];
    },
    async drops(direction) {
        const { stats } = await request('getStats', { transportId: transports[direction]!.id });
        return (stats as { drops: Record<string, number> }[])[0]!.drops;
    },
    firstFrame: () => shown,
};

Object.assign(globalThis, { guest });
