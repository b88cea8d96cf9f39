import { generateRouterRtpCapabilities } from 'mediasoup-client/fakeParameters';
import type { Requests, Role, RoomSnapshot, Waiting } from '../messages';
import { Refusal, Seat } from './fakeSeat';
import type { FakeServer } from './fakeServer';
import type { FakeSocket } from './fakeSocket';
import { sees } from './fakeTalk';

/** How the fake server answers who comes, comes back and goes. */
export const entrance = {
    createRoom(this: FakeServer): Requests['createRoom']['receive'] {
        const { roomId, code, hostToken } = this;
        const link = `https://localhost:3000/meeting.html?room=${roomId}`;
        return { roomId, code, link, hostToken, hostLink: `${link}#host=${hostToken}` };
    },

    join(this: FakeServer, socket: FakeSocket, send: Requests['join']['send']): RoomSnapshot | Waiting {
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
        return seatAt(this, socket, name, isHost ? 'host' : 'guest');
    },

    resume(this: FakeServer, socket: FakeSocket, send: Requests['resume']['send']): Requests['resume']['receive'] {
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
            ...snapshot(this, seat),
            transports: [...transports],
            producers: [...producers.keys()],
            consumers: [...consumers.keys()],
            pausedByHost: [...producers.values()].filter((producer) => producer.pausedByHost).map(({ id }) => id),
        };
    },

    leave(this: FakeServer, socket: FakeSocket): object {
        if (this.withdraw(socket)) return {};
        this.expire(this.seat(socket), 'left');
        socket.seat = undefined;
        return {};
    },

    goAway(this: FakeServer, socket: FakeSocket): object {
        this.seat(socket);
        return {};
    },
};

/** Gives somebody a seat, and tells the others. */
export function seatAt(server: FakeServer, socket: FakeSocket, name: string, role: Role): RoomSnapshot {
    const seat = new Seat(server.id('participant'), name, server.id('token'), role);
    server.seats.set(seat.id, seat);
    socket.seat = seat;
    seat.socket = socket;
    server.broadcast('participantJoined', { participant: seat.view() }, seat);
    return snapshot(server, seat);
}

function snapshot(server: FakeServer, seat: Seat): RoomSnapshot {
    return {
        participantId: seat.id,
        sessionToken: seat.token,
        role: seat.role,
        room: server.settings,
        waiting: seat.role === 'host' ? server.waitingList() : [],
        hands: server.hands,
        files: { limit: server.fileLimit, token: `files-${seat.id}` },
        routerRtpCapabilities: generateRouterRtpCapabilities(),
        participants: [...server.seats.values()].filter((other) => other !== seat).map((other) => other.view()),
        chat: server.chat.filter((message) => sees(seat.id, message)),
        graceSeconds: 20,
    };
}
