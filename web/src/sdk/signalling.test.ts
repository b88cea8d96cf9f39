import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Signalling, type SocketLike } from './signalling';

/** A socket that does only what the test says. */
class ManualSocket implements SocketLike {
    connected = false;
    active = true;
    connects = 0;
    readonly sent: { event: string; ack: (answer: unknown) => void }[] = [];
    private readonly listeners = new Map<string, (body?: unknown) => void>();

    connect(): void {
        this.connects++;
        this.active = true;
    }

    disconnect(): void {
        this.active = false;
        this.connected = false;
    }

    on(event: string, listener: (...args: never[]) => void): void {
        this.listeners.set(event, listener as (body?: unknown) => void);
    }

    emit(event: string, _payload: unknown, ack: (answer: unknown) => void): void {
        this.sent.push({ event, ack });
    }

    fire(event: string, body?: unknown): void {
        if (event === 'connect') this.connected = true;
        if (event === 'disconnect') this.connected = false;
        this.listeners.get(event)?.(body);
    }
}

let socket: ManualSocket;
let signalling: Signalling;

beforeEach(() => {
    vi.useFakeTimers();
    socket = new ManualSocket();
    signalling = new Signalling(socket);
});

afterEach(() => vi.useRealTimers());

test('waits for the connection, and says that the server cannot be reached when it never comes', async () => {
    const request = signalling.request('createRoom', {});
    const outcome = expect(request).rejects.toMatchObject({ code: 'signalling/unreachable' });
    await vi.advanceTimersByTimeAsync(10_000);
    await outcome;
    expect(socket.sent).toEqual([]);
});

test('sends what waited as soon as the connection stands', async () => {
    const request = signalling.request('createRoom', {});
    socket.fire('connect');
    await vi.advanceTimersByTimeAsync(0);
    socket.sent[0]!.ack({ ok: true, roomId: 'r', link: 'l', code: 'c' });
    await expect(request).resolves.toMatchObject({ roomId: 'r' });
});

test('fails after its time when no answer comes, and ignores one that comes later', async () => {
    socket.fire('connect');
    const request = signalling.request('createRoom', {}, { timeout: 500 });
    const outcome = expect(request).rejects.toMatchObject({ code: 'signalling/timeout' });
    await vi.advanceTimersByTimeAsync(500);
    await outcome;
    socket.sent[0]!.ack({ ok: true });
});

test('holds requests that need a session until there is one', async () => {
    socket.fire('connect');
    void signalling.request('leave', {}).catch(() => {});
    await vi.advanceTimersByTimeAsync(0);
    expect(socket.sent).toEqual([]);
    signalling.open();
    await vi.advanceTimersByTimeAsync(0);
    expect(socket.sent.map(({ event }) => event)).toEqual(['leave']);
});

test('rejects what was under way when the connection drops', async () => {
    socket.fire('connect');
    const request = signalling.request('createRoom', {});
    const outcome = expect(request).rejects.toMatchObject({ code: 'signalling/disconnected' });
    socket.fire('disconnect');
    await outcome;
});

test('hands over pushes that came before anybody listened, in order', () => {
    socket.fire('connect');
    signalling.open();
    socket.fire('roomClosed', { reason: 'a' });
    socket.fire('roomClosed', { reason: 'b' });
    const reasons: unknown[] = [];
    signalling.attach({ up() {}, down() {}, push: (push) => reasons.push(push.body) });
    expect(reasons).toEqual([{ reason: 'a' }, { reason: 'b' }]);
});

test('ignores pushes from before the session, which its snapshot includes', () => {
    const heard: unknown[] = [];
    signalling.attach({ up() {}, down() {}, push: (push) => heard.push(push.name) });
    socket.fire('connect');
    socket.fire('roomClosed', { reason: 'old' });
    signalling.open();
    socket.fire('roomClosed', { reason: 'new' });
    expect(heard).toEqual(['roomClosed']);
});

test('tells of a drop that happened before anybody listened', () => {
    socket.fire('connect');
    signalling.open();
    socket.fire('disconnect');
    socket.fire('connect');
    const told: string[] = [];
    signalling.attach({ up: () => told.push('up'), down: () => told.push('down'), push() {} });
    expect(told).toEqual(['down', 'up']);
});

test('connects again by itself when the server closed the connection', async () => {
    socket.fire('connect');
    socket.active = false;
    socket.fire('disconnect');
    await vi.advanceTimersByTimeAsync(500);
    expect(socket.connects).toBe(1);
});

test('turns an answer without sense into an error', async () => {
    socket.fire('connect');
    const request = signalling.request('createRoom', {});
    socket.sent[0]!.ack(undefined);
    await expect(request).rejects.toMatchObject({ code: 'server/internal' });
});
