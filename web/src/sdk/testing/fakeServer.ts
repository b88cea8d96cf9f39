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
import type { Upload } from '../upload';
import type {
    Answer,
    ChatFile,
    ChatMessage,
    LeftReason,
    MediaKind,
    Participant,
    PushName,
    Pushes,
    RequestName,
    Requests,
    Role,
    RoomSettings,
    RoomSnapshot,
    Source,
    Waiting,
    WaitingPerson,
} from '../messages';
import { FakeSocket } from './fakeSocket';

interface FakeProducer {
    id: string;
    kind: MediaKind;
    source: Source;
    paused: boolean;
    transportId: string;
    pausedByHost?: boolean;
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
        public token: string,
        public role: Role,
    ) {}

    view(): Participant {
        const producers = [...this.producers.values()].map(({ id, kind, source, paused }) => ({ id, kind, source, paused }));
        return { id: this.id, name: this.name, role: this.role, connected: this.socket !== undefined, producers };
    }
}

export class Refusal {
    constructor(
        readonly code: string,
        readonly message: string,
    ) {}
}

/** One room of a Parley server in memory, spoken to through the same message types as the real one. */
export class FakeServer {
    readonly roomId = 'a8d4b3c6-0f5e-4f0c-9f5b-6a3a0c7b1d2e';
    readonly code = '123456';
    readonly seats = new Map<string, Seat>();
    readonly hostToken = 'the-host-token';
    readonly chat: ChatMessage[] = [];
    readonly settings: { -readonly [K in keyof RoomSettings]: RoomSettings[K] } = { lobby: false, locked: false };
    readonly waiting = new Map<string, { person: WaitingPerson; socket: FakeSocket; role: Role }>();
    readonly hands: string[] = [];
    readonly files = new Map<string, ChatFile>();
    fileLimit = 1_000;
    private readonly removedTokens = new Set<string>();
    /** What transports and restarts are told. */
    iceServers: RTCIceServer[] = [];
    /** Probes that are open. */
    readonly probes = new Set<string>();
    probeCandidates: types.IceCandidate[] = [];
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
        return new ParleyClient({ seams: { socket: () => this.connect(), device, upload: this.upload } });
    }

    /** What `POST /files` does. */
    private readonly upload: Upload = async (token, file, name, { onProgress }) => {
        if (![...this.seats.values()].some((seat) => `files-${seat.id}` === token)) throw new Error('no such token');
        onProgress?.(1);
        const id = this.id('file');
        this.files.set(id, { id, name, size: file.size, type: file.type, url: `/files/${id}/secret/${name}` });
        return id;
    };

    /** The server process ends and comes back: rooms and seats are kept, media, chat and connections are not. */
    restart(): void {
        for (const seat of this.seats.values()) {
            seat.producers.clear();
            seat.consumers.clear();
            seat.transports.clear();
        }
        this.chat.length = 0;
        for (const socket of this.sockets) if (socket.connected) socket.drop();
    }

    tellHosts<N extends PushName>(name: N, body: Pushes[N]): void {
        for (const seat of this.seats.values()) if (seat.role === 'host') seat.socket?.push(name, body);
    }

    seatOf(participantId: string): Seat {
        const seat = this.seats.get(participantId);
        if (!seat) throw new Error(`no seat ${participantId}`);
        return seat;
    }

    /** The connection of somebody who is connected. */
    socketOf(participantId: string): FakeSocket {
        const { socket } = this.seatOf(participantId);
        if (!socket) throw new Error(`no connection of ${participantId}`);
        return socket;
    }

    requests<N extends RequestName>(name: N): Requests[N]['send'][] {
        return this.log.filter((entry) => entry.name === name).map((entry) => entry.send as Requests[N]['send']);
    }

    broadcast<N extends PushName>(name: N, body: Pushes[N], except?: Seat): void {
        for (const seat of this.seats.values()) if (seat !== except) seat.socket?.push(name, body);
    }

    /** Takes somebody off the room, as when the grace period is over. */
    expire(seat: Seat, reason: LeftReason): void {
        if (!this.seats.delete(seat.id)) return;
        this.lower(seat.id);
        this.broadcast('participantLeft', { participantId: seat.id, reason });
    }

    closeTransport(seat: Seat, transportId: string, told = true): void {
        seat.transports.delete(transportId);
        for (const producer of [...seat.producers.values()]) {
            if (producer.transportId === transportId) this.closeProducer(seat, producer.id);
        }
        for (const [id, consumer] of seat.consumers) if (consumer.transportId === transportId) seat.consumers.delete(id);
        if (told) seat.socket?.push('transportClosed', { transportId, reason: 'connection-lost' });
    }

    closeProducer(seat: Seat, producerId: string): void {
        if (!seat.producers.delete(producerId)) throw new Refusal('not-found', 'No such producer.');
        for (const other of this.seats.values()) {
            for (const [id, consumer] of other.consumers) if (consumer.producerId === producerId) other.consumers.delete(id);
        }
        this.broadcast('producerClosed', { participantId: seat.id, producerId }, seat);
    }

    clientClosed(socket: FakeSocket): void {
        this.withdraw(socket);
        if (socket.connected && socket.seat?.socket === socket) this.expire(socket.seat, 'left');
    }

    /** The connection is gone without a word. */
    clientLost(socket: FakeSocket): void {
        this.withdraw(socket);
        const { seat } = socket;
        socket.seat = undefined;
        if (seat?.socket !== socket) return;
        seat.socket = undefined;
        if (this.seats.has(seat.id)) this.broadcast('connectionChanged', { participantId: seat.id, connected: false });
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
        const { roomId, code, hostToken } = this;
        const link = `https://localhost:3000/meeting.html?room=${roomId}`;
        return { roomId, code, link, hostToken, hostLink: `${link}#host=${hostToken}` };
    }

    protected on_join(socket: FakeSocket, send: Requests['join']['send']): RoomSnapshot | Waiting {
        const { roomId, code, name, hostToken } = send;
        const isHost = hostToken === this.hostToken;
        if (roomId !== this.roomId || (hostToken === undefined ? code !== this.code : !isHost)) {
            throw new Refusal('room/refused', 'Check the link and the code.');
        }
        if (socket.seat) throw new Refusal('state/already-joined', 'Already joined.');
        if (this.settings.locked && !isHost) throw new Refusal('room/locked', 'The room is locked.');
        if (this.settings.lobby && !isHost) {
            const person = { id: this.id('waiting'), name, since: 1_000 };
            socket.waitingId = person.id;
            this.waiting.set(person.id, { person, socket, role: 'guest' });
            this.tellHosts('waitingChanged', { waiting: this.waitingList() });
            return { waiting: true };
        }
        return this.seatAt(socket, name, isHost ? 'host' : 'guest');
    }

    private seatAt(socket: FakeSocket, name: string, role: Role): RoomSnapshot {
        const seat = new Seat(this.id('participant'), name, this.id('token'), role);
        this.seats.set(seat.id, seat);
        socket.seat = seat;
        seat.socket = socket;
        this.broadcast('participantJoined', { participant: seat.view() }, seat);
        return this.snapshot(seat);
    }

    protected on_resume(socket: FakeSocket, send: Requests['resume']['send']): Requests['resume']['receive'] {
        if (this.removedTokens.has(send.sessionToken)) throw new Refusal('session/removed', 'A host took you out.');
        const seat = this.seats.get(send.participantId);
        if (!seat || seat.token !== send.sessionToken) throw new Refusal('session/unknown', 'The session is over. Join again.');
        const { socket: before } = seat;
        const wasGone = before === undefined;
        socket.seat = seat;
        seat.socket = socket;
        if (send.fresh) {
            before?.push('replaced', {});
            seat.token = this.id('token');
            for (const transportId of [...seat.transports]) this.closeTransport(seat, transportId, false);
        }
        if (wasGone) this.broadcast('connectionChanged', { participantId: seat.id, connected: true }, seat);
        const { transports, producers, consumers } = seat;
        return {
            ...this.snapshot(seat),
            transports: [...transports],
            producers: [...producers.keys()],
            consumers: [...consumers.keys()],
            pausedByHost: [...producers.values()].filter((producer) => producer.pausedByHost).map(({ id }) => id),
        };
    }

    protected on_leave(socket: FakeSocket): object {
        if (this.withdraw(socket)) return {};
        this.expire(this.seat(socket), 'left');
        socket.seat = undefined;
        return {};
    }

    protected on_goAway(socket: FakeSocket): object {
        this.seat(socket);
        return {};
    }

    protected on_createTransport(socket: FakeSocket): Requests['createTransport']['receive'] {
        const id = this.id('transport');
        this.seat(socket).transports.add(id);
        const { iceParameters, iceCandidates, dtlsParameters } = generateTransportRemoteParameters();
        return { id, iceParameters, iceCandidates, dtlsParameters, iceServers: this.iceServers };
    }

    protected on_connectTransport(socket: FakeSocket, { transportId }: { transportId: string }): object {
        this.transport(socket, transportId);
        return {};
    }

    protected on_closeTransport(socket: FakeSocket, { transportId }: { transportId: string }): object {
        this.closeTransport(this.transport(socket, transportId), transportId, false);
        return {};
    }

    protected on_restartIce(socket: FakeSocket, { transportId }: { transportId: string }): object {
        this.transport(socket, transportId);
        return { iceParameters: generateTransportRemoteParameters().iceParameters, iceServers: this.iceServers };
    }

    protected on_openProbe(): Requests['openProbe']['receive'] {
        const { iceParameters, dtlsParameters } = generateTransportRemoteParameters();
        const id = this.id('probe');
        this.probes.add(id);
        return { id, iceParameters, iceCandidates: [...this.probeCandidates], dtlsParameters, iceServers: this.iceServers };
    }

    protected on_connectProbe(_: FakeSocket, { transportId }: { transportId: string }): object {
        if (!this.probes.has(transportId)) throw new Refusal('not-found', 'No such probe.');
        return {};
    }

    protected on_closeProbe(_: FakeSocket, { transportId }: { transportId: string }): object {
        if (!this.probes.delete(transportId)) throw new Refusal('not-found', 'No such probe.');
        return {};
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

    protected on_chat(socket: FakeSocket, { id, text, to, fileId }: Requests['chat']['send']): Requests['chat']['receive'] {
        const seat = this.seat(socket);
        let message = this.chat.find((known) => known.id === id && known.participantId === seat.id);
        if (!message) {
            const toName = to === undefined ? undefined : this.target(to).name;
            const file = fileId === undefined ? undefined : this.files.get(fileId);
            if (fileId !== undefined && !file) throw new Refusal('not-found', 'No such file.');
            const seq = (this.chat.at(-1)?.seq ?? 0) + 1;
            message = {
                ...{ seq, id, participantId: seat.id, name: seat.name, text, time: 1_000 + seq },
                ...(to === undefined ? {} : { to, toName: toName! }),
                ...(file && { file }),
            };
            this.chat.push(message);
            for (const other of this.seats.values()) if (sees(other.id, message)) other.socket?.push('chatMessage', message);
        }
        const { seq, time, toName, file } = message;
        return { seq, time, ...(toName === undefined ? {} : { toName }), ...(file && { file }) };
    }

    protected on_react(socket: FakeSocket, { emoji }: Requests['react']['send']): object {
        this.broadcast('reaction', { participantId: this.seat(socket).id, emoji });
        return {};
    }

    protected on_raiseHand(socket: FakeSocket, { raised }: Requests['raiseHand']['send']): object {
        const { id } = this.seat(socket);
        if (!raised) this.lower(id);
        else if (!this.hands.includes(id)) {
            this.hands.push(id);
            this.broadcast('handsChanged', { hands: this.hands });
        }
        return {};
    }

    protected on_lowerHand(socket: FakeSocket, { participantId }: Requests['lowerHand']['send']): object {
        this.hostSeat(socket);
        for (const id of participantId === undefined ? [...this.hands] : [participantId]) this.lower(id);
        return {};
    }

    protected on_configureRoom(socket: FakeSocket, send: Requests['configureRoom']['send']): object {
        const by = this.hostSeat(socket).id;
        Object.assign(this.settings, send);
        this.broadcast('roomChanged', { room: this.settings, by });
        return {};
    }

    protected on_admit(socket: FakeSocket, { waitingId }: Requests['admit']['send']): object {
        for (const { person, socket: waiter, role } of this.choose(socket, waitingId)) {
            waiter.waitingId = undefined;
            waiter.push('admitted', this.seatAt(waiter, person.name, role));
        }
        return {};
    }

    protected on_deny(socket: FakeSocket, { waitingId }: Requests['deny']['send']): object {
        for (const { socket: waiter } of this.choose(socket, waitingId)) {
            waiter.waitingId = undefined;
            waiter.push('denied', { code: 'room/denied', message: 'The host did not let you in.' });
        }
        return {};
    }

    /** Takes them off the list of those who wait. */
    private choose(socket: FakeSocket, waitingId: string | undefined) {
        this.hostSeat(socket);
        const chosen = [...this.waiting.values()].filter(({ person }) => waitingId === undefined || person.id === waitingId);
        if (waitingId !== undefined && chosen.length === 0) throw new Refusal('not-found', 'Nobody waits under this id.');
        for (const { person } of chosen) this.waiting.delete(person.id);
        this.tellHosts('waitingChanged', { waiting: this.waitingList() });
        return chosen;
    }

    protected on_setRole(socket: FakeSocket, { participantId, role }: Requests['setRole']['send']): object {
        const by = this.hostSeat(socket).id;
        const seat = this.target(participantId);
        seat.role = role;
        this.broadcast('roleChanged', { participantId, role, by });
        seat.socket?.push('waitingChanged', { waiting: role === 'host' ? this.waitingList() : [] });
        return {};
    }

    protected on_mute(socket: FakeSocket, { participantId, source = 'microphone' }: Requests['mute']['send']): object {
        this.muteBy(this.hostSeat(socket), this.target(participantId), source);
        return {};
    }

    protected on_muteAll(socket: FakeSocket): object {
        const by = this.hostSeat(socket);
        for (const seat of this.seats.values()) if (seat.role !== 'host') this.muteBy(by, seat, 'microphone');
        return {};
    }

    private muteBy(by: Seat, seat: Seat, source: Source): void {
        for (const producer of seat.producers.values()) {
            if (producer.source !== source || producer.paused) continue;
            producer.paused = true;
            producer.pausedByHost = true;
            const { id: producerId } = producer;
            seat.socket?.push('ownProducerPaused', { producerId, source, by: by.id });
            this.broadcast('producerPaused', { participantId: seat.id, producerId }, seat);
        }
    }

    protected on_askToUnmute(socket: FakeSocket, send: Requests['askToUnmute']['send']): object {
        const by = this.hostSeat(socket).id;
        this.target(send.participantId).socket?.push('askedToUnmute', { source: send.source ?? 'microphone', by });
        return {};
    }

    protected on_stopShare(socket: FakeSocket, { participantId }: Requests['stopShare']['send']): object {
        const by = this.hostSeat(socket).id;
        const seat = this.target(participantId);
        for (const { id: producerId, source } of [...seat.producers.values()]) {
            if (source !== 'screen' && source !== 'screenAudio') continue;
            this.closeProducer(seat, producerId);
            seat.socket?.push('ownProducerClosed', { producerId, source, by });
        }
        return {};
    }

    protected on_remove(socket: FakeSocket, { participantId }: Requests['remove']['send']): object {
        const by = this.hostSeat(socket).id;
        const seat = this.target(participantId);
        this.removedTokens.add(seat.token);
        seat.socket?.push('removed', { by });
        this.expire(seat, 'removed');
        return {};
    }

    protected on_endRoom(socket: FakeSocket): object {
        this.hostSeat(socket);
        this.broadcast('roomClosed', { reason: 'ended' });
        this.seats.clear();
        return {};
    }

    private pause(socket: FakeSocket, producerId: string, paused: boolean): object {
        const seat = this.seat(socket);
        const producer = seat.producers.get(producerId);
        if (!producer) throw new Refusal('not-found', 'No such producer.');
        producer.paused = paused;
        if (!paused) producer.pausedByHost = false;
        this.broadcast(paused ? 'producerPaused' : 'producerResumed', { participantId: seat.id, producerId }, seat);
        return {};
    }

    private snapshot(seat: Seat): RoomSnapshot {
        return {
            participantId: seat.id,
            sessionToken: seat.token,
            role: seat.role,
            room: this.settings,
            waiting: seat.role === 'host' ? this.waitingList() : [],
            hands: this.hands,
            files: { limit: this.fileLimit, token: `files-${seat.id}` },
            routerRtpCapabilities: generateRouterRtpCapabilities(),
            participants: [...this.seats.values()].filter((other) => other !== seat).map((other) => other.view()),
            chat: this.chat.filter((message) => sees(seat.id, message)),
            graceSeconds: 20,
        };
    }

    private waitingList(): WaitingPerson[] {
        return [...this.waiting.values()].map(({ person }) => person);
    }

    /** Whether somebody waited over that connection. */
    private withdraw(socket: FakeSocket): boolean {
        const { waitingId } = socket;
        socket.waitingId = undefined;
        if (waitingId === undefined || !this.waiting.delete(waitingId)) return false;
        this.tellHosts('waitingChanged', { waiting: this.waitingList() });
        return true;
    }

    private lower(participantId: string): void {
        const place = this.hands.indexOf(participantId);
        if (place < 0) return;
        this.hands.splice(place, 1);
        this.broadcast('handsChanged', { hands: this.hands });
    }

    private target(participantId: string): Seat {
        const seat = this.seats.get(participantId);
        if (!seat) throw new Refusal('not-found', 'No such participant.');
        return seat;
    }

    private hostSeat(socket: FakeSocket): Seat {
        const seat = this.seat(socket);
        if (seat.role !== 'host') throw new Refusal('state/not-host', 'Only a host can do this.');
        return seat;
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

function sees(participantId: string, { participantId: from, to }: ChatMessage): boolean {
    return to === undefined || participantId === from || participantId === to;
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
