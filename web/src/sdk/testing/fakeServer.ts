import { FakeMediaStreamTrack } from 'fake-mediastreamtrack';
import { Device, type types } from 'mediasoup-client';
import {
    generateConsumerRemoteParameters,
    generateLocalDtlsParameters,
    generateNativeRtpCapabilities,
    generateRouterRtpCapabilities,
    generateTransportRemoteParameters,
} from 'mediasoup-client/fakeParameters';
import { FakeHandler } from 'mediasoup-client/handlers/FakeHandler';
import { ParleyClient } from '../client';
import type {
    Answer,
    ChatMessage,
    MediaKind,
    Participant,
    PushName,
    Pushes,
    RequestName,
    Requests,
    RoomSnapshot,
    Source,
} from '../messages';
import type { SocketLike } from '../signalling';

interface FakeProducer {
    id: string;
    kind: MediaKind;
    source: Source;
    paused: boolean;
    transportId: string;
}

interface FakeConsumer {
    id: string;
    producerId: string;
    transportId: string;
    resumed: boolean;
}

export class Seat {
    readonly producers = new Map<string, FakeProducer>();
    readonly consumers = new Map<string, FakeConsumer>();
    readonly transports = new Set<string>();
    socket: FakeSocket | undefined;

    constructor(
        readonly id: string,
        readonly name: string,
        readonly token: string,
    ) {}

    view(): Participant {
        const producers = [...this.producers.values()].map(({ id, kind, source, paused }) => ({ id, kind, source, paused }));
        return { id: this.id, name: this.name, producers };
    }
}

class Refusal {
    constructor(
        readonly code: string,
        readonly message: string,
    ) {}
}

/** A client socket whose other end is a {@link FakeServer}; everything arrives asynchronously and in order. */
export class FakeSocket implements SocketLike {
    connected = false;
    active = true;
    seat: Seat | undefined;
    private readonly listeners = new Map<string, ((...args: never[]) => void)[]>();
    private epoch = 0;

    constructor(private readonly server: FakeServer) {
        this.connect();
    }

    connect(): void {
        this.active = true;
        setTimeout(() => {
            if (this.connected || !this.active || this.server.unreachable) return;
            this.connected = true;
            this.epoch++;
            this.fire('connect');
        });
    }

    disconnect(): void {
        this.active = false;
        this.server.clientClosed(this);
        this.lose();
    }

    /** The network goes away; like Socket.IO, the socket tries again by itself. */
    drop(): void {
        this.lose();
        if (!this.server.unreachable) this.connect();
    }

    on(event: string, listener: (...args: never[]) => void): void {
        this.listeners.set(event, [...(this.listeners.get(event) ?? []), listener]);
    }

    emit(event: string, payload: unknown, ack: (answer: unknown) => void): void {
        const { epoch } = this;
        const sent = JSON.parse(JSON.stringify(payload)) as never;
        setTimeout(() => {
            if (this.epoch !== epoch || !this.connected) return;
            const answer = this.server.answer(this, event as RequestName, sent);
            if (answer === undefined) return;
            setTimeout(() => {
                if (this.epoch === epoch && this.connected) ack(answer);
            });
        });
    }

    push<N extends PushName>(name: N, body: Pushes[N]): void {
        const { epoch } = this;
        const copy: unknown = JSON.parse(JSON.stringify(body));
        setTimeout(() => {
            if (this.epoch === epoch && this.connected) this.fire(name, copy);
        });
    }

    private lose(): void {
        if (!this.connected) return;
        this.connected = false;
        this.epoch++;
        this.fire('disconnect');
    }

    private fire(event: string, ...args: unknown[]): void {
        for (const listener of this.listeners.get(event) ?? []) (listener as (...args: unknown[]) => void)(...args);
    }
}

/** One room of a Parley server in memory, spoken to through the same message types as the real one. */
export class FakeServer {
    readonly roomId = 'a8d4b3c6-0f5e-4f0c-9f5b-6a3a0c7b1d2e';
    readonly code = '123456';
    readonly seats = new Map<string, Seat>();
    readonly chat: ChatMessage[] = [];
    readonly sockets: FakeSocket[] = [];
    /** Every request in the order of arrival. */
    readonly log: { name: RequestName; send: Record<string, unknown>; seat: Seat | undefined }[] = [];
    /** While true, connection attempts come to nothing. */
    unreachable = false;
    /** Requests of these names are carried out, but their answers never arrive. */
    readonly mute = new Set<RequestName>();
    private nextId = 1;

    connect(): FakeSocket {
        const socket = new FakeSocket(this);
        this.sockets.push(socket);
        return socket;
    }

    client(): ParleyClient {
        const device = (): Promise<types.Device> =>
            Device.factory({
                handlerFactory: FakeHandler.createFactory({ generateNativeRtpCapabilities, generateLocalDtlsParameters }),
            });
        return new ParleyClient({ seams: { socket: () => this.connect(), device } });
    }

    seatOf(participantId: string): Seat {
        const seat = this.seats.get(participantId);
        if (!seat) throw new Error(`no seat ${participantId}`);
        return seat;
    }

    requests<N extends RequestName>(name: N): Requests[N]['send'][] {
        return this.log.filter((entry) => entry.name === name).map((entry) => entry.send as Requests[N]['send']);
    }

    broadcast<N extends PushName>(name: N, body: Pushes[N], except?: Seat): void {
        for (const seat of this.seats.values()) if (seat !== except) seat.socket?.push(name, body);
    }

    /** Takes somebody off the room, as when the grace period is over. */
    expire(seat: Seat, reason: 'left' | 'connection-lost'): void {
        if (!this.seats.delete(seat.id)) return;
        this.broadcast('participantLeft', { participantId: seat.id, reason });
    }

    closeTransport(seat: Seat, transportId: string): void {
        seat.transports.delete(transportId);
        for (const producer of [...seat.producers.values()]) {
            if (producer.transportId === transportId) this.closeProducer(seat, producer.id);
        }
        for (const [id, consumer] of seat.consumers) if (consumer.transportId === transportId) seat.consumers.delete(id);
        seat.socket?.push('transportClosed', { transportId, reason: 'connection-lost' });
    }

    closeProducer(seat: Seat, producerId: string): void {
        if (!seat.producers.delete(producerId)) throw new Refusal('not-found', 'No such producer.');
        for (const other of this.seats.values()) {
            for (const [id, consumer] of other.consumers) if (consumer.producerId === producerId) other.consumers.delete(id);
        }
        this.broadcast('producerClosed', { participantId: seat.id, producerId }, seat);
    }

    clientClosed(socket: FakeSocket): void {
        if (socket.connected && socket.seat) this.expire(socket.seat, 'left');
    }

    answer(socket: FakeSocket, name: RequestName, send: never): Answer<RequestName> | undefined {
        this.log.push({ name, send, seat: socket.seat });
        try {
            const handler = this[`on_${name}` as never] as unknown as (socket: FakeSocket, send: never) => object;
            const answer = { ok: true as const, ...handler.call(this, socket, send) };
            return this.mute.has(name) ? undefined : (answer as Answer<RequestName>);
        } catch (error) {
            if (!(error instanceof Refusal)) throw error;
            return { ok: false, code: error.code, message: error.message };
        }
    }

    protected on_createRoom(): Requests['createRoom']['receive'] {
        const { roomId, code } = this;
        return { roomId, code, link: `https://localhost:3000/meeting.html?room=${roomId}` };
    }

    protected on_join(socket: FakeSocket, { roomId, code, name }: Requests['join']['send']): RoomSnapshot {
        if (roomId !== this.roomId || code !== this.code) throw new Refusal('room/refused', 'Check the link and the code.');
        if (socket.seat) throw new Refusal('state/already-joined', 'Already joined.');
        const seat = new Seat(this.id('participant'), name, this.id('token'));
        this.seats.set(seat.id, seat);
        socket.seat = seat;
        seat.socket = socket;
        this.broadcast('participantJoined', { participant: seat.view() }, seat);
        return this.snapshot(seat);
    }

    protected on_resume(socket: FakeSocket, send: Requests['resume']['send']): Requests['resume']['receive'] {
        const seat = this.seats.get(send.participantId);
        if (!seat || seat.token !== send.sessionToken) throw new Refusal('session/unknown', 'The session is over. Join again.');
        socket.seat = seat;
        seat.socket = socket;
        const { transports, producers, consumers } = seat;
        return {
            ...this.snapshot(seat),
            transports: [...transports],
            producers: [...producers.keys()],
            consumers: [...consumers.keys()],
        };
    }

    protected on_leave(socket: FakeSocket): object {
        this.expire(this.seat(socket), 'left');
        socket.seat = undefined;
        return {};
    }

    protected on_createTransport(socket: FakeSocket): Requests['createTransport']['receive'] {
        const id = this.id('transport');
        this.seat(socket).transports.add(id);
        const { iceParameters, iceCandidates, dtlsParameters } = generateTransportRemoteParameters();
        return { id, iceParameters, iceCandidates, dtlsParameters, iceServers: [] };
    }

    protected on_connectTransport(socket: FakeSocket, { transportId }: { transportId: string }): object {
        this.transport(socket, transportId);
        return {};
    }

    protected on_restartIce(socket: FakeSocket, { transportId }: { transportId: string }): object {
        this.transport(socket, transportId);
        return { iceParameters: generateTransportRemoteParameters().iceParameters };
    }

    protected on_produce(socket: FakeSocket, send: Requests['produce']['send']): { producerId: string } {
        const seat = this.transport(socket, send.transportId);
        const { kind, source, paused = false, transportId } = send;
        const producer = { id: this.id('producer'), kind, source, paused, transportId };
        seat.producers.set(producer.id, producer);
        const { id } = producer;
        this.broadcast('newProducer', { participantId: seat.id, producer: { id, kind, source, paused } }, seat);
        return { producerId: id };
    }

    protected on_pauseProducer(socket: FakeSocket, { producerId }: { producerId: string }): object {
        return this.pause(socket, producerId, true);
    }

    protected on_resumeProducer(socket: FakeSocket, { producerId }: { producerId: string }): object {
        return this.pause(socket, producerId, false);
    }

    protected on_closeProducer(socket: FakeSocket, { producerId }: { producerId: string }): object {
        this.closeProducer(this.seat(socket), producerId);
        return {};
    }

    protected on_consume(socket: FakeSocket, send: Requests['consume']['send']): Requests['consume']['receive'] {
        const seat = this.transport(socket, send.transportId);
        const producer = [...this.seats.values()].map((other) => other.producers.get(send.producerId)).find(Boolean);
        if (!producer) throw new Refusal('not-found', 'No such producer.');
        const id = this.id('consumer');
        seat.consumers.set(id, { id, producerId: producer.id, transportId: send.transportId, resumed: false });
        const codecMimeType = producer.kind === 'audio' ? 'audio/opus' : 'video/VP8';
        const { rtpParameters } = generateConsumerRemoteParameters({ id, codecMimeType });
        const { kind, paused } = producer;
        return { consumerId: id, producerId: producer.id, kind, rtpParameters, type: 'simple', producerPaused: paused };
    }

    protected on_resumeConsumer(socket: FakeSocket, { consumerId }: { consumerId: string }): object {
        const consumer = this.seat(socket).consumers.get(consumerId);
        if (!consumer) throw new Refusal('not-found', 'No such consumer.');
        consumer.resumed = true;
        return {};
    }

    protected on_pauseConsumer(socket: FakeSocket, { consumerId }: { consumerId: string }): object {
        const consumer = this.seat(socket).consumers.get(consumerId);
        if (!consumer) throw new Refusal('not-found', 'No such consumer.');
        consumer.resumed = false;
        return {};
    }

    protected on_getStats(socket: FakeSocket, { producerId, consumerId }: Requests['getStats']['send']): Requests['getStats']['receive'] {
        const seat = this.seat(socket);
        if (producerId !== undefined && !seat.producers.has(producerId)) throw new Refusal('not-found', 'No such producer.');
        if (consumerId !== undefined && !seat.consumers.has(consumerId)) throw new Refusal('not-found', 'No such consumer.');
        const inbound = { type: 'inbound-rtp', mimeType: 'video/VP8', packetsReceived: 100, packetsLost: 5, fractionLost: 0.05, bitrate: 800_000 };
        const outbound = { type: 'outbound-rtp', mimeType: 'video/VP8', packetsSent: 95, packetsLost: 0, fractionLost: 0, bitrate: 760_000 };
        return { stats: consumerId === undefined ? [inbound] : [outbound, inbound] };
    }

    protected on_closeConsumer(socket: FakeSocket, { consumerId }: { consumerId: string }): object {
        this.seat(socket).consumers.delete(consumerId);
        return {};
    }

    protected on_chat(socket: FakeSocket, { id, text }: Requests['chat']['send']): { seq: number; time: number } {
        const seat = this.seat(socket);
        let message = this.chat.find((known) => known.id === id);
        if (!message) {
            const seq = this.chat.length + 1;
            message = { seq, id, participantId: seat.id, name: seat.name, text, time: 1_000 + seq };
            this.chat.push(message);
            this.broadcast('chatMessage', message);
        }
        return { seq: message.seq, time: message.time };
    }

    private pause(socket: FakeSocket, producerId: string, paused: boolean): object {
        const seat = this.seat(socket);
        const producer = seat.producers.get(producerId);
        if (!producer) throw new Refusal('not-found', 'No such producer.');
        producer.paused = paused;
        this.broadcast(paused ? 'producerPaused' : 'producerResumed', { participantId: seat.id, producerId }, seat);
        return {};
    }

    private snapshot(seat: Seat): RoomSnapshot {
        return {
            participantId: seat.id,
            sessionToken: seat.token,
            routerRtpCapabilities: generateRouterRtpCapabilities(),
            participants: [...this.seats.values()].filter((other) => other !== seat).map((other) => other.view()),
            chat: [...this.chat],
            graceSeconds: 20,
        };
    }

    private seat(socket: FakeSocket): Seat {
        if (!socket.seat) throw new Refusal('state/not-joined', 'Join first.');
        return socket.seat;
    }

    private transport(socket: FakeSocket, transportId: string): Seat {
        const seat = this.seat(socket);
        if (!seat.transports.has(transportId)) throw new Refusal('not-found', 'No such transport.');
        return seat;
    }

    private id(what: string): string {
        return `${what}-${this.nextId++}`;
    }
}

export function fakeTrack(kind: MediaKind): MediaStreamTrack {
    return new FakeMediaStreamTrack({ kind }) as unknown as MediaStreamTrack;
}

/** Resolves as soon as the condition holds; fails after eight seconds, with its source. */
export async function until(condition: () => boolean): Promise<void> {
    const deadline = Date.now() + 8_000;
    while (!condition()) {
        if (Date.now() > deadline) throw new Error(`never came true: ${condition.toString()}`);
        await new Promise((resolve) => setTimeout(resolve, 1));
    }
}
