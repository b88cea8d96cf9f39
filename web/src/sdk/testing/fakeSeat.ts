import type { MediaKind, Participant, Role, Source } from '../messages';
import type { FakeSocket } from './fakeSocket';

/** What the server knows of a producer of somebody's. */
export interface FakeProducer {
    id: string;
    kind: MediaKind;
    source: Source;
    paused: boolean;
    transportId: string;
    pausedByHost?: boolean;
}

/** And of a consumer. */
export interface FakeConsumer {
    id: string;
    producerId: string;
    transportId: string;
    resumed: boolean;
}

/** Somebody in the room, and what is theirs. */
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

/** Thrown by a handler: the answer that refuses. */
export class Refusal {
    constructor(
        readonly code: string,
        readonly message: string,
    ) {}
}
