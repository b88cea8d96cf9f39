import type { PushName, Pushes, RequestName } from '../messages';
import type { SocketLike } from '../signalling';
import type { Seat } from './fakeSeat';
import type { FakeServer } from './fakeServer';

/** A client socket whose other end is a {@link FakeServer}; everything arrives asynchronously and in order. */
export class FakeSocket implements SocketLike {
    connected = false;
    active = true;
    seat: Seat | undefined;
    /** The lobby's entry while one waits in it. */
    waitingId: string | undefined;
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

    /** Its page is gone: it never connects again. */
    vanish(): void {
        this.active = false;
        this.server.clientLost(this);
        this.lose();
        this.listeners.clear();
    }

    /** The network goes away; like Socket.IO, the socket tries again by itself. */
    drop(): void {
        this.server.clientLost(this);
        this.lose();
        if (!this.server.unreachable) this.connect();
    }

    renew(): void {
        this.drop();
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
