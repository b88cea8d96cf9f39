import type { ChatMessage, Requests } from '../messages';
import { Refusal } from './fakeSeat';
import type { FakeServer } from './fakeServer';
import type { FakeSocket } from './fakeSocket';

/** How the fake server answers about chat, reactions and hands. */
export const talk = {
    chat(this: FakeServer, socket: FakeSocket, { id, text, to, fileId }: Requests['chat']['send']): Requests['chat']['receive'] {
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
    },

    react(this: FakeServer, socket: FakeSocket, { emoji }: Requests['react']['send']): object {
        this.broadcast('reaction', { participantId: this.seat(socket).id, emoji });
        return {};
    },

    raiseHand(this: FakeServer, socket: FakeSocket, { raised }: Requests['raiseHand']['send']): object {
        const { id } = this.seat(socket);
        if (!raised) this.lower(id);
        else if (!this.hands.includes(id)) {
            this.hands.push(id);
            this.broadcast('handsChanged', { hands: this.hands });
        }
        return {};
    },

    lowerHand(this: FakeServer, socket: FakeSocket, { participantId }: Requests['lowerHand']['send']): object {
        this.hostSeat(socket);
        for (const id of participantId === undefined ? [...this.hands] : [participantId]) this.lower(id);
        return {};
    },
};

/** Whether a message is for somebody's eyes. */
export function sees(participantId: string, { participantId: from, to }: ChatMessage): boolean {
    return to === undefined || participantId === from || participantId === to;
}
