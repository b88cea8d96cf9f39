import { FakeMediaStreamTrack } from 'fake-mediastreamtrack';
import { Device, type types } from 'mediasoup-client';
import { generateLocalDtlsParameters, generateNativeRtpCapabilities } from 'mediasoup-client/fakeParameters';
import { FakeHandler } from 'mediasoup-client/handlers/FakeHandler';
import { ParleyClient } from '../client';
import type { Upload } from '../upload';
import type {
    Answer, ChatFile, ChatMessage, LeftReason, MediaKind, PushName, Pushes, RequestName, Requests, Role, RoomSettings, WaitingPerson,
} from '../messages';
import { entrance } from './fakeEntrance';
import { host } from './fakeHost';
import { media } from './fakeMedia';
import { Refusal, type Seat } from './fakeSeat';
import { FakeSocket } from './fakeSocket';
import { talk } from './fakeTalk';

const HANDLERS: Partial<Record<RequestName, unknown>> = { ...entrance, ...media, ...talk, ...host };

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
    readonly removedTokens = new Set<string>();
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
            const handler = HANDLERS[name] as (this: FakeServer, socket: FakeSocket, send: never) => object;
            const answer = { ok: true as const, ...handler.call(this, socket, send) };
            return this.mute.has(name) ? undefined : (answer as Answer<RequestName>);
        } catch (error) {
            if (!(error instanceof Refusal)) throw error;
            return { ok: false, code: error.code, message: error.message };
        }
    }

    // ---- for the handlers

    waitingList(): WaitingPerson[] {
        return [...this.waiting.values()].map(({ person }) => person);
    }

    /** Whether somebody waited over that connection. */
    withdraw(socket: FakeSocket): boolean {
        const { waitingId } = socket;
        socket.waitingId = undefined;
        if (waitingId === undefined || !this.waiting.delete(waitingId)) return false;
        this.tellHosts('waitingChanged', { waiting: this.waitingList() });
        return true;
    }

    lower(participantId: string): void {
        const place = this.hands.indexOf(participantId);
        if (place < 0) return;
        this.hands.splice(place, 1);
        this.broadcast('handsChanged', { hands: this.hands });
    }

    target(participantId: string): Seat {
        const seat = this.seats.get(participantId);
        if (!seat) throw new Refusal('not-found', 'No such participant.');
        return seat;
    }

    hostSeat(socket: FakeSocket): Seat {
        const seat = this.seat(socket);
        if (seat.role !== 'host') throw new Refusal('state/not-host', 'Only a host can do this.');
        return seat;
    }

    seat(socket: FakeSocket): Seat {
        if (!socket.seat) throw new Refusal('state/not-joined', 'Join first.');
        return socket.seat;
    }

    transport(socket: FakeSocket, transportId: string): Seat {
        const seat = this.seat(socket);
        if (!seat.transports.has(transportId)) throw new Refusal('not-found', 'No such transport.');
        return seat;
    }

    id(what: string): string {
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
