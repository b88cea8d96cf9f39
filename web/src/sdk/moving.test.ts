import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { FakeHandler } from 'mediasoup-client/handlers/FakeHandler';
import type { Meeting } from './meeting';
import { FakeServer, fakeTrack } from './testing/fakeServer';

/** Networks that break and change under a meeting; the fake handlers play the browser's part. */
let server: FakeServer;
let page: EventTarget;
let ann: Meeting;
let bob: Meeting;
let news: string[];

const pass = (milliseconds: number): Promise<unknown> => vi.advanceTimersByTimeAsync(milliseconds);

function handler(meeting: Meeting, direction: 'send' | 'receive'): FakeHandler {
    const { media } = meeting as unknown as { media: Record<typeof direction, { current: { handler: FakeHandler } }> };
    return media[direction].current.handler;
}

async function join(name: string): Promise<Meeting> {
    const joining = server.client().join({ roomId: server.roomId, code: server.code, name });
    await pass(50);
    return joining;
}

async function publish(meeting: Meeting, source: 'camera' | 'microphone'): Promise<void> {
    const publishing = meeting.publish(source, fakeTrack(source === 'camera' ? 'video' : 'audio'));
    await pass(50);
    await publishing;
}

const media = (): string => ann.getSnapshot().connection.media;
/** The transports that Ann had restarted, in order. */
const restarted = (): unknown[] =>
    server.log.filter(({ name, seat }) => name === 'restartIce' && seat?.name === 'Ann').map(({ send }) => send['transportId']);
const restarts = (): number => restarted().length;

beforeEach(async () => {
    vi.useFakeTimers();
    page = new EventTarget();
    vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
    vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page));
    server = new FakeServer();
    ann = await join('Ann');
    bob = await join('Bob');
    await publish(ann, 'camera');
    await publish(bob, 'microphone');
    for (const link of ['send', 'receive'] as const) {
        for (const meeting of [ann, bob]) handler(meeting, link).setConnectionState('connected');
    }
    news = [];
    bob.on('participantJoined', ({ participant }) => news.push(`+${participant.name}`));
    bob.on('participantLeft', ({ participant }) => news.push(`-${participant.name}`));
});

afterEach(async () => {
    const leaving = Promise.all([ann.leave(), bob.leave()]);
    await pass(2_000);
    await leaving;
    vi.useRealTimers();
    vi.unstubAllGlobals();
});

describe('broken media', () => {
    test('is mended by restarting ICE, and told meanwhile', async () => {
        expect(media()).toBe('connected');
        const told: string[] = [];
        ann.on('connectionChanged', ({ connection }) => told.push(connection.media));
        const restartIce = vi.spyOn(handler(ann, 'send'), 'restartIce');
        handler(ann, 'send').setConnectionState('disconnected');
        expect(media()).toBe('recovering');
        await pass(900);
        expect(restarts()).toBe(0);
        await pass(200);
        expect(restarts()).toBe(1);
        expect(restartIce).toHaveBeenCalledOnce();
        handler(ann, 'send').setConnectionState('connected');
        await pass(60_000);
        expect(told).toEqual(['recovering', 'connected']);
        expect(restarts()).toBe(1);
        expect(server.requests('createTransport')).toHaveLength(4);
    });

    test('that does not mend gets a new transport, without a rejoin, and nobody sees a leave', async () => {
        handler(ann, 'send').setConnectionState('failed');
        await pass(16_000);
        expect(restarts()).toBeGreaterThanOrEqual(3);
        const produced = server.requests('produce').filter(({ source }) => source === 'camera').map(({ transportId }) => transportId);
        expect(produced).toHaveLength(2);
        expect(produced[0]).not.toBe(produced[1]);
        expect(server.requests('closeTransport')).toEqual([{ transportId: produced[0] }]);
        expect(server.requests('join')).toHaveLength(2);
        expect(server.requests('resume')).toHaveLength(0);
        handler(ann, 'send').setConnectionState('connected');
        expect(media()).toBe('connected');
        expect(bob.getSnapshot().participants[0]?.tracks.map(({ source }) => source)).toEqual(['camera']);
        expect(news).toEqual([]);
    });

    test('of the receiving direction is consumed anew', async () => {
        const before = server.requests('consume').length;
        handler(ann, 'receive').setConnectionState('failed');
        await pass(16_000);
        expect(server.requests('consume').length).toBe(before + 1);
        expect(ann.getSnapshot().participants[0]?.tracks.every(({ track }) => track)).toBe(true);
    });

    test('waits for signalling, and is mended as soon as that is back', async () => {
        const socket = server.socketOf(ann.self.id);
        server.unreachable = true;
        socket.drop();
        handler(ann, 'send').setConnectionState('failed');
        await pass(12_000);
        expect(restarts()).toBe(0);
        server.unreachable = false;
        socket.connect();
        await pass(100);
        expect(restarts()).toBe(1);
        expect(news).toEqual([]);
    });

    test('with a server that does not answer makes a new signalling connection, resumes and restarts', async () => {
        server.mute.add('restartIce');
        handler(ann, 'send').setConnectionState('failed');
        await pass(2_700);
        expect(server.requests('resume')).toHaveLength(1);
        server.mute.delete('restartIce');
        const restartIce = vi.spyOn(handler(ann, 'send'), 'restartIce');
        await pass(5_000);
        expect(restartIce).toHaveBeenCalled();
        expect(ann.getSnapshot().state).toBe('connected');
        expect(server.requests('createTransport')).toHaveLength(4);
        expect(news).toEqual([]);
    });

    test('whose transport the server has forgotten gets a new one at once', async () => {
        const seat = server.seatOf(ann.self.id);
        const { transportId } = server.requests('produce').find(({ source }) => source === 'camera')!;
        seat.transports.delete(transportId);
        handler(ann, 'send').setConnectionState('failed');
        await pass(200);
        expect(server.requests('produce').filter(({ source }) => source === 'camera')).toHaveLength(2);
    });
});

describe('a path that falls silent', () => {
    const figures = { received: 0, checks: 0 };

    /** What Ann's sending connection counts, from now on. */
    async function counting(): Promise<void> {
        Object.assign(figures, { received: 0, checks: 0 });
        vi.spyOn(handler(ann, 'send'), 'getTransportStats').mockImplementation(async () => new Map<string, object>([
            ['t', { id: 't', type: 'transport', selectedCandidatePairId: 'p' }],
            ['p', { id: 'p', type: 'candidate-pair', bytesReceived: figures.received, responsesReceived: 0, requestsSent: figures.checks }],
        ]));
        for (let i = 0; i < 20; i++) await second(true);
        expect(restarts()).toBe(0);
    }

    async function second(alive: boolean): Promise<void> {
        for (let i = 0; i < 10; i++) {
            if (alive) figures.received += 1_000;
            if (i === 0) figures.checks++;
            await pass(100);
        }
    }

    test('is restarted after 3 s, though the browser believes in it, and is well as soon as something comes', async () => {
        await counting();
        await second(false);
        await second(false);
        expect(media()).toBe('connected');
        await second(false);
        await second(false);
        expect(restarts()).toBe(1);
        expect(media()).toBe('recovering');
        await second(true);
        expect(media()).toBe('connected');
        for (let i = 0; i < 30; i++) await second(true);
        expect(restarts()).toBe(1);
    });

    test('for 2 s is left alone, as often as it likes', async () => {
        await counting();
        for (let i = 0; i < 10; i++) {
            await second(false);
            await second(false);
            await second(true);
        }
        expect(restarts()).toBe(0);
    });
});

describe('another network', () => {
    test('has ICE restarted at once in both directions, while media goes on', async () => {
        page.dispatchEvent(new Event('online'));
        await pass(100);
        expect(new Set(restarted()).size).toBe(2);
        expect(media()).toBe('connected');
        await pass(60_000);
        expect(restarts()).toBe(2);
    });

    test('after a sleep is found by looking: a path over which nothing comes is restarted', async () => {
        const silent = new Map([['p', { id: 'p', type: 'candidate-pair', bytesReceived: 5, responsesReceived: 3 }]]);
        vi.spyOn(handler(ann, 'receive'), 'getTransportStats').mockResolvedValue(silent);
        let received = 0;
        vi.spyOn(handler(ann, 'send'), 'getTransportStats').mockImplementation(async () =>
            new Map([['p', { id: 'p', type: 'candidate-pair', bytesReceived: received++, responsesReceived: 3 }]]));
        server.socketOf(ann.self.id).drop();
        await pass(4_000);
        expect(restarts()).toBe(1);
        expect(server.requests('produce').some(({ transportId }) => transportId === restarted()[0])).toBe(false);
        // What comes after the restart is proof enough, for the browser never thought the path dead.
        expect(media()).toBe('recovering');
        vi.mocked(handler(ann, 'receive').getTransportStats).mockImplementation(async () =>
            new Map([['p', { id: 'p', type: 'candidate-pair', bytesReceived: received++, responsesReceived: 3 }]]));
        await pass(20_000);
        expect(media()).toBe('connected');
        expect(server.requests('createTransport')).toHaveLength(4);
    });
});

describe('relays', () => {
    const relays: RTCIceServer[] = [{ urls: ['turn:relay.example:3478'], username: 'u', credential: 'c' }];

    test('are renewed in running transports, by a push and by each restart', async () => {
        const update = vi.spyOn(handler(ann, 'send'), 'updateIceServers');
        server.socketOf(ann.self.id).push('iceServers', { iceServers: relays });
        await pass(10);
        expect(update).toHaveBeenLastCalledWith(relays);
        server.iceServers = [{ ...relays[0]!, credential: 'new' }];
        handler(ann, 'send').setConnectionState('failed');
        await pass(100);
        expect(update).toHaveBeenLastCalledWith(server.iceServers);
    });

    test('that an engine cannot renew do not keep it from restarting', async () => {
        vi.spyOn(handler(ann, 'send'), 'updateIceServers').mockRejectedValue(new Error('not supported'));
        const restartIce = vi.spyOn(handler(ann, 'send'), 'restartIce');
        handler(ann, 'send').setConnectionState('failed');
        await pass(100);
        expect(restartIce).toHaveBeenCalledOnce();
    });
});

describe('a detour over a relay', () => {
    const relays: RTCIceServer[] = [{ urls: ['turn:relay.example:3478?transport=tcp'], username: 'u', credential: 'c' }];
    const pair = (others: object[]) => new Map<string, object>([
        ['t', { id: 't', type: 'transport', selectedCandidatePairId: 'p' }],
        ['p', { id: 'p', type: 'candidate-pair', localCandidateId: 'l', state: 'succeeded' }],
        ['l', { id: 'l', type: 'local-candidate', protocol: 'udp', candidateType: 'relay', relayProtocol: 'tcp' }],
        ...others.map((other, i) => [`o${i}`, { id: `o${i}`, type: 'local-candidate', ...other }] as const),
    ]);

    const settles = async (others: object[]): Promise<RTCIceServer[][]> => {
        server.iceServers = relays;
        const update = vi.spyOn(handler(ann, 'send'), 'updateIceServers');
        vi.spyOn(handler(ann, 'send'), 'getTransportStats').mockResolvedValue(pair(others));
        handler(ann, 'send').setConnectionState('failed');
        await pass(100);
        handler(ann, 'send').setConnectionState('connected');
        await pass(10_000);
        return update.mock.calls.map(([servers]) => servers as RTCIceServer[]);
    };

    test('is left by one restart without relays where TCP was not tried, and the relays are there for the next', async () => {
        expect(await settles([])).toEqual([relays, [], relays]);
        expect(restarts()).toBe(2);
        expect(media()).toBe('connected');
        await pass(60_000);
        expect(restarts()).toBe(2);
    });

    test('is kept where TCP was tried', async () => {
        expect(await settles([{ protocol: 'tcp', candidateType: 'host' }])).toEqual([relays]);
        expect(restarts()).toBe(1);
    });
});

describe('the path', () => {
    const report = (local: object) =>
        new Map([
            ['t', { id: 't', type: 'transport', selectedCandidatePairId: 'p' }],
            ['p', { id: 'p', type: 'candidate-pair', localCandidateId: 'l', remoteCandidateId: 'r', state: 'succeeded' }],
            ['l', { id: 'l', type: 'local-candidate', ...local }],
            ['r', { id: 'r', type: 'remote-candidate', address: '192.0.2.1', port: 443, protocol: 'udp' }],
        ]);

    test('is told once media flows, and again when it is another one', async () => {
        const stats = vi.spyOn(handler(ann, 'send'), 'getTransportStats');
        stats.mockResolvedValue(report({ protocol: 'udp', candidateType: 'host', address: '10.0.0.2', port: 5000 }));
        await ann.stats();
        expect(ann.getSnapshot().connection).toEqual({
            media: 'connected',
            send: { protocol: 'udp', local: '10.0.0.2:5000', remote: '192.0.2.1:443' },
        });
        stats.mockResolvedValue(report({ protocol: 'udp', candidateType: 'relay', relayProtocol: 'tls', address: '2001:db8::1', port: 6000 }));
        page.dispatchEvent(new Event('online'));
        await pass(100);
        expect(ann.getSnapshot().connection.send).toMatchObject({ protocol: 'relay-tls', local: '[2001:db8::1]:6000' });
    });
});
