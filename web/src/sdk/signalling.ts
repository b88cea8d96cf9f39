import { ParleyError, type ParleyErrorCode } from './errors';
import { type Answer, PUSH_NAMES, type PushName, type Pushes, type RequestName, type Requests } from './messages';

/** What is used of a Socket.IO client socket; tests put a fake server behind it. */
export interface SocketLike {
    readonly connected: boolean;
    /** False when the socket will not connect again by itself. */
    readonly active: boolean;
    connect(): unknown;
    disconnect(): unknown;
    /** Gives up a connection that seems dead, and makes a new one. */
    renew?(): unknown;
    on(event: string, listener: (...args: never[]) => void): unknown;
    emit(event: string, payload: unknown, ack: (answer: unknown) => void): unknown;
}

export type AnyPush = { [N in PushName]: { name: N; body: Pushes[N] } }[PushName];

export interface SignallingHooks {
    /** The connection stands, again or for the first time. Requests still wait until {@link Signalling.open} is called. */
    up(): void;
    /** The connection dropped; it comes back by itself. Everything that was under way has been rejected. */
    down(): void;
    push(push: AnyPush): void;
}

interface RequestOptions<N extends RequestName> {
    /** Milliseconds until the request fails, waiting for the connection included. */
    readonly timeout?: number;
    /** Called in the very moment of the answer, before any later push is handled. */
    readonly apply?: (answer: Requests[N]['receive']) => void;
    /** Asked when the request could go out; nothing is sent when the answer is known by then. */
    readonly known?: () => Requests[N]['receive'] | undefined;
}

const DEFAULT_TIMEOUT = 10_000;
const RECONNECT_DELAY = 500;
/** A busy server is slow, not dead: what did not help is not done again at once. */
const RENEW_APART = 10_000;

/** `waiting`: in the lobby, where one is told things but may ask for nothing but to leave. */
type Session = 'none' | 'waiting' | 'open';

/** These make a session or need none, so they do not wait for one. */
const WITHOUT_SESSION: ReadonlySet<RequestName> = new Set([
    'createRoom',
    'join',
    'resume',
    'openProbe',
    'connectProbe',
    'closeProbe',
]);

/**
 * Requests, answers and pushes over one socket. A request that finds the connection down waits for it (and for the session to be
 * taken up again) until its time is over; one that was under way when the connection dropped is rejected, as nobody knows
 * whether the server has acted on it.
 */
export class Signalling {
    private hooks: SignallingHooks | undefined;
    private readonly early: AnyPush[] = [];
    private readonly underWay = new Set<(error: ParleyError) => void>();
    private readonly waiting = new Set<() => void>();
    private session: Session = 'none';
    private closed = false;
    private everConnected = false;
    private renewedAt = Number.NEGATIVE_INFINITY;

    constructor(private readonly socket: SocketLike) {
        socket.on('connect', () => this.connected());
        socket.on('disconnect', () => this.disconnected());
        socket.on('connect_error', () => this.connectAgain());
        for (const name of PUSH_NAMES) {
            socket.on(name, (body: never) => this.pushed({ name, body } as AnyPush));
        }
    }

    /** From here on the hooks are told everything; what came since the session was opened is told first. */
    attach(hooks: SignallingHooks): void {
        this.hooks = hooks;
        while (this.hooks === hooks && this.early.length > 0) hooks.push(this.early.shift()!);
        if (this.session !== 'none' || this.hooks !== hooks) return;
        hooks.down();
        if (this.socket.connected) hooks.up();
    }

    /** What comes from here on is kept for the next hooks. */
    detach(): void {
        this.hooks = undefined;
    }

    /**
     * The session stands, by the answer to `join` or `resume`: requests that waited for it go out. To be called in `apply`, while
     * the connection that brought the answer surely stands.
     */
    open(): void {
        this.session = 'open';
        this.wake();
    }

    /** One waits in the lobby, by the answer to `join`. To be called like {@link open}. */
    wait(): void {
        this.session = 'waiting';
    }

    get isConnected(): boolean {
        return this.socket.connected;
    }

    /** Whether requests go out at once. */
    get isOpen(): boolean {
        return this.session === 'open' && this.socket.connected;
    }

    async request<N extends RequestName>(
        name: N,
        send: Requests[N]['send'],
        options: RequestOptions<N> = {},
    ): Promise<Requests[N]['receive']> {
        const deadline = Date.now() + (options.timeout ?? DEFAULT_TIMEOUT);
        while (!this.readyFor(name)) await this.change(deadline);
        return options.known?.() ?? this.send(name, send, deadline, options.apply);
    }

    /** Says that the page is going away, and may come back, without waiting for anything. */
    goAway(): void {
        if (this.isOpen) this.socket.emit('goAway', {}, () => {});
    }

    /** The connection may be dead without anybody having noticed, as after a change of networks: makes a new one. */
    renew(): void {
        if (this.closed || !this.socket.connected || Date.now() - this.renewedAt < RENEW_APART) return;
        this.renewedAt = Date.now();
        this.socket.renew?.();
    }

    /** Says goodbye without waiting for anything. */
    farewell(): void {
        if (this.socket.connected && this.session !== 'none') this.socket.emit('leave', {}, () => {});
        this.close();
    }

    close(): void {
        if (this.closed) return;
        this.closed = true;
        this.session = 'none';
        this.socket.disconnect();
        this.rejectUnderWay(new ParleyError('state/closed', 'The meeting is over.'));
        this.wake();
    }

    private readyFor(name: RequestName): boolean {
        if (this.closed) throw new ParleyError('state/closed', 'The meeting is over.');
        if (!this.socket.connected) return false;
        return this.session === 'open' || WITHOUT_SESSION.has(name) || (this.session === 'waiting' && name === 'leave');
    }

    /** Waits until the connection or the session has changed. */
    private change(deadline: number): Promise<void> {
        if (!this.socket.active) this.socket.connect();
        return new Promise((resolve, reject) => {
            const done = (): void => {
                clearTimeout(timer);
                this.waiting.delete(done);
                resolve();
            };
            const timer = setTimeout(() => {
                this.waiting.delete(done);
                reject(this.absent());
            }, Math.max(0, deadline - Date.now()));
            this.waiting.add(done);
        });
    }

    private absent(): ParleyError {
        return this.everConnected
            ? new ParleyError('signalling/disconnected', 'The connection to the server is interrupted. Try again when it is back.')
            : new ParleyError('signalling/unreachable', 'The server cannot be reached. Check your connection and try again.');
    }

    private send<N extends RequestName>(
        name: N,
        send: Requests[N]['send'],
        deadline: number,
        apply: ((answer: Requests[N]['receive']) => void) | undefined,
    ): Promise<Requests[N]['receive']> {
        return new Promise((resolve, reject) => {
            const fail = (error: ParleyError): void => {
                clearTimeout(timer);
                this.underWay.delete(fail);
                reject(error);
            };
            const timer = setTimeout(
                () => fail(new ParleyError('signalling/timeout', 'The server did not answer in time. Try again.')),
                Math.max(0, deadline - Date.now()),
            );
            this.underWay.add(fail);
            this.socket.emit(name, send, (raw) => {
                if (!this.underWay.delete(fail)) return; // Too late: it has been rejected.
                clearTimeout(timer);
                const answer = raw as Answer<N> | undefined;
                if (answer?.ok === true) {
                    try {
                        apply?.(answer);
                        resolve(answer);
                    } catch (error) {
                        reject(error);
                    }
                } else {
                    reject(refusal(answer));
                }
            });
        });
    }

    private connected(): void {
        this.everConnected = true;
        this.hooks?.up();
        this.wake();
    }

    private disconnected(): void {
        this.session = 'none';
        this.rejectUnderWay(
            new ParleyError('signalling/disconnected', 'The connection to the server dropped before it answered. Try again.'),
        );
        if (this.closed) return;
        this.hooks?.down();
        this.connectAgain();
    }

    /** Socket.IO reconnects by itself, except where the server closed or refused the connection. */
    private connectAgain(): void {
        if (this.closed || this.socket.active) return;
        setTimeout(() => {
            if (!this.closed && !this.socket.active) this.socket.connect();
        }, RECONNECT_DELAY);
    }

    private pushed(push: AnyPush): void {
        // Without a session a push can only be older than the snapshot that the session will begin with.
        if (this.closed || this.session === 'none') return;
        if (this.hooks) this.hooks.push(push);
        else this.early.push(push);
    }

    private rejectUnderWay(error: ParleyError): void {
        for (const fail of [...this.underWay]) fail(error);
    }

    private wake(): void {
        for (const waiter of [...this.waiting]) waiter();
    }
}

function refusal(answer: { ok: false; code: string; message: string } | undefined): ParleyError {
    return new ParleyError(
        (answer?.code ?? 'server/internal') as ParleyErrorCode,
        answer?.message ?? 'The server gave no usable answer. Try again.',
    );
}
