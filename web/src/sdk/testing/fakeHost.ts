import type { Requests, Source } from '../messages';
import { seatAt } from './fakeEntrance';
import { Refusal, type Seat } from './fakeSeat';
import type { FakeServer } from './fakeServer';
import type { FakeSocket } from './fakeSocket';

/** How the fake server answers about what only hosts may do. */
export const host = {
    configureRoom(this: FakeServer, socket: FakeSocket, send: Requests['configureRoom']['send']): object {
        const by = this.hostSeat(socket).id;
        Object.assign(this.settings, send);
        this.broadcast('roomChanged', { room: this.settings, by });
        return {};
    },

    admit(this: FakeServer, socket: FakeSocket, { waitingId }: Requests['admit']['send']): object {
        for (const { person, socket: waiter, role } of choose(this, socket, waitingId)) {
            waiter.waitingId = undefined;
            waiter.push('admitted', seatAt(this, waiter, person.name, role));
        }
        return {};
    },

    deny(this: FakeServer, socket: FakeSocket, { waitingId }: Requests['deny']['send']): object {
        for (const { socket: waiter } of choose(this, socket, waitingId)) {
            waiter.waitingId = undefined;
            waiter.push('denied', { code: 'room/denied', message: 'The host did not let you in.' });
        }
        return {};
    },

    setRole(this: FakeServer, socket: FakeSocket, { participantId, role }: Requests['setRole']['send']): object {
        const by = this.hostSeat(socket).id;
        const seat = this.target(participantId);
        seat.role = role;
        this.broadcast('roleChanged', { participantId, role, by });
        seat.socket?.push('waitingChanged', { waiting: role === 'host' ? this.waitingList() : [] });
        return {};
    },

    mute(this: FakeServer, socket: FakeSocket, { participantId, source = 'microphone' }: Requests['mute']['send']): object {
        muteBy(this, this.hostSeat(socket), this.target(participantId), source);
        return {};
    },

    muteAll(this: FakeServer, socket: FakeSocket): object {
        const by = this.hostSeat(socket);
        for (const seat of this.seats.values()) if (seat.role !== 'host') muteBy(this, by, seat, 'microphone');
        return {};
    },

    askToUnmute(this: FakeServer, socket: FakeSocket, send: Requests['askToUnmute']['send']): object {
        const by = this.hostSeat(socket).id;
        this.target(send.participantId).socket?.push('askedToUnmute', { source: send.source ?? 'microphone', by });
        return {};
    },

    stopShare(this: FakeServer, socket: FakeSocket, { participantId }: Requests['stopShare']['send']): object {
        const by = this.hostSeat(socket).id;
        const seat = this.target(participantId);
        for (const { id: producerId, source } of [...seat.producers.values()]) {
            if (source !== 'screen' && source !== 'screenAudio') continue;
            this.closeProducer(seat, producerId);
            seat.socket?.push('ownProducerClosed', { producerId, source, by });
        }
        return {};
    },

    remove(this: FakeServer, socket: FakeSocket, { participantId }: Requests['remove']['send']): object {
        const by = this.hostSeat(socket).id;
        const seat = this.target(participantId);
        this.removedTokens.add(seat.token);
        seat.socket?.push('removed', { by });
        this.expire(seat, 'removed');
        return {};
    },

    endRoom(this: FakeServer, socket: FakeSocket): object {
        this.hostSeat(socket);
        this.broadcast('roomClosed', { reason: 'ended' });
        this.seats.clear();
        return {};
    },
};

/** Takes them off the list of those who wait. */
function choose(server: FakeServer, socket: FakeSocket, waitingId: string | undefined) {
    server.hostSeat(socket);
    const chosen = [...server.waiting.values()].filter(({ person }) => waitingId === undefined || person.id === waitingId);
    if (waitingId !== undefined && chosen.length === 0) throw new Refusal('not-found', 'Nobody waits under this id.');
    for (const { person } of chosen) server.waiting.delete(person.id);
    server.tellHosts('waitingChanged', { waiting: server.waitingList() });
    return chosen;
}

function muteBy(server: FakeServer, by: Seat, seat: Seat, source: Source): void {
    for (const producer of seat.producers.values()) {
        if (producer.source !== source || producer.paused) continue;
        producer.paused = true;
        producer.pausedByHost = true;
        const { id: producerId } = producer;
        seat.socket?.push('ownProducerPaused', { producerId, source, by: by.id });
        server.broadcast('producerPaused', { participantId: seat.id, producerId }, seat);
    }
}
