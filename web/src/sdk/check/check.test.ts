import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { FakeServer } from '../testing/fakeServer';
import { checkConnection, type CheckOptions } from './checkConnection';
import { FakeNetwork } from '../testing/fakeNetwork';
import type { CheckId, CheckLine, ConnectionReport } from './report';

let server: FakeServer;
let network: FakeNetwork;

const TURN = 'turn:relay.example:3478';
const RELAYS = [TURN, `${TURN}?transport=tcp`, 'turns:relay.example:5349?transport=tcp'];

beforeEach(() => {
    vi.useFakeTimers();
    server = new FakeServer();
    server.probeCandidates = [
        { foundation: 'u', priority: 2, ip: '192.0.2.1', address: '192.0.2.1', protocol: 'udp', port: 44444, type: 'host' },
        { foundation: 't', priority: 1, ip: '192.0.2.1', address: '192.0.2.1', protocol: 'tcp', port: 44444, type: 'host', tcpType: 'passive' },
    ];
    server.iceServers = [{ urls: RELAYS, username: 'u', credential: 'c' }];
    network = new FakeNetwork();
    network.install();
});

afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
});

async function check(options: Partial<CheckOptions> = {}): Promise<ConnectionReport> {
    const checking = checkConnection({ url: 'https://meet.example', seams: { socket: () => server.connect() }, ...options });
    checking.catch(() => {});
    await vi.advanceTimersByTimeAsync(60_000);
    return checking;
}

const line = (report: ConnectionReport, id: CheckId): CheckLine => report.lines.find((one) => one.id === id)!;
const states = (report: ConnectionReport): string[] =>
    report.lines.map(({ id, status, reason }) => `${id} ${status}${reason === undefined ? '' : ` ${reason}`}`);
/** The lines that are not as they should be. */
const faults = (report: ConnectionReport): string[] => states(report).filter((state) => !state.includes(' passed'));

describe('where everything works', () => {
    test('each line passes, with time and address, and the verdict is good', async () => {
        const report = await check();
        expect(faults(report)).toEqual([]);
        expect(report.verdict).toBe('good');
        expect(line(report, 'udp')).toMatchObject({ address: '192.0.2.1:44444', milliseconds: expect.any(Number) });
        expect(line(report, 'relay-tls').address).toBe('turns:relay.example:5349?transport=tcp');
        expect(line(report, 'camera').detail).toBe('A camera');
        expect(JSON.parse(JSON.stringify(report))).toEqual(report);
    });

    test('nothing is left behind: probes, connections, devices', async () => {
        await check();
        expect(server.probes.size).toBe(0);
        expect(network.connections.every(({ closed }) => closed)).toBe(true);
        expect(network.tracks.every(({ readyState }) => readyState === 'ended')).toBe(true);
        expect(server.sockets.every(({ connected }) => !connected)).toBe(true);
    });

    test('never more than four probes are open', async () => {
        let most = 0;
        const watch = setInterval(() => (most = Math.max(most, server.probes.size)), 1);
        await check();
        clearInterval(watch);
        expect(most).toBeGreaterThan(0);
        expect(most).toBeLessThanOrEqual(4);
    });

    test('the browser is told only the way that is tried', async () => {
        await check();
        const ways = network.connections.map(({ policy, remote }) => `${policy} ${remote.map((one) => one.protocol).join()}`);
        expect(ways.sort()).toEqual(['all tcp', 'all udp', 'relay udp', 'relay udp', 'relay udp']);
    });

    test('devices can be left out', async () => {
        const report = await check({ devices: false });
        expect(report.lines.map(({ id }) => id)).not.toContain('camera');
        expect(network.tracks).toEqual([]);
        expect(report.verdict).toBe('good');
    });

    test('what a server does not offer is no fault', async () => {
        server.iceServers = [];
        server.probeCandidates = server.probeCandidates.slice(0, 1);
        const report = await check();
        expect(faults(report)).toEqual(['tcp', 'relay-udp', 'relay-tcp', 'relay-tls'].map((id) => `${id} skipped probe/not-offered`));
        expect(report.verdict).toBe('good');
    });
});

describe('each fault turns its own line red', () => {
    const cases: [what: string, break_: () => void, faults: string[], verdict: string][] = [
        ['pages do not come', () => (network.https = false), ['https failed https/unreachable'], 'blocked'],
        ['WebSockets are blocked', () => (network.webSocket = false), ['websocket warning websocket/blocked'], 'limited'],
        ['UDP is dead', () => network.dead.add('udp'), ['udp failed udp/blocked'], 'limited'],
        ['TCP is dead', () => network.dead.add('tcp'), ['tcp failed tcp/blocked'], 'good'],
        ['DTLS does not get through over UDP', () => network.noDtls.add('udp'), ['udp failed dtls/failed'], 'limited'],
        ['the relay is dead over UDP', () => network.dead.add('relay-udp'), ['relay-udp failed relay/unreachable'], 'good'],
        ['the relay is dead over TCP', () => network.dead.add('relay-tcp'), ['relay-tcp failed relay/unreachable'], 'good'],
        ['the relay is dead over TLS', () => network.dead.add('relay-tls'), ['relay-tls failed relay/unreachable'], 'good'],
        ['the relay does not take the credentials', () => network.refused.add('relay-tcp'), ['relay-tcp failed relay/refused'], 'good'],
        ['the relay does not reach the server', () => network.noRoute.add('relay-udp'), ['relay-udp failed relay/no-route'], 'good'],
        ['there is no camera', () => (network.devices.camera = 'NotFoundError'), ['camera failed device/missing'], 'limited'],
        ['the microphone was denied', () => (network.devices.microphone = 'NotAllowedError'), ['microphone failed device/denied'], 'limited'],
        ['another program has the camera', () => (network.devices.camera = 'NotReadableError'), ['camera failed device/busy'], 'limited'],
        ['no video codec is there', () => (network.codecs.video = ['video/rtx']), ['codecs failed codecs/missing'], 'blocked'],
    ];
    test.each(cases)('%s', async (_, break_, expected, verdict) => {
        break_();
        const report = await check();
        expect(faults(report)).toEqual(expected);
        expect(report.verdict).toBe(verdict);
    });

    test('no signalling at all: media is not tried', async () => {
        network.https = network.webSocket = false;
        server.unreachable = true;
        const report = await check();
        const media = ['udp', 'tcp', 'relay-udp', 'relay-tcp', 'relay-tls'];
        expect(faults(report)).toEqual([
            'https failed https/unreachable',
            'websocket failed signalling/unreachable',
            ...media.map((id) => `${id} skipped probe/needs-signalling`),
        ]);
        expect(report.verdict).toBe('blocked');
    });

    test('no way for media', async () => {
        for (const way of ['udp', 'tcp', 'relay-udp', 'relay-tcp', 'relay-tls'] as const) network.dead.add(way);
        expect((await check()).verdict).toBe('blocked');
    });

    test('UDP dead and a relay alive is enough for meeting', async () => {
        network.dead.add('udp').add('tcp');
        const report = await check();
        expect(report.verdict).toBe('limited');
    });

    test('a browser without WebRTC', async () => {
        vi.stubGlobal('RTCPeerConnection', undefined);
        const report = await check();
        expect(line(report, 'codecs')).toMatchObject({ status: 'failed', reason: 'webrtc/missing' });
        expect(line(report, 'udp')).toMatchObject({ status: 'skipped', reason: 'webrtc/missing' });
        expect(report.verdict).toBe('blocked');
    });
});

describe('meanwhile', () => {
    test('each change is told, and a question of the browser does not hold up the rest', async () => {
        network.devices.microphone = 'asking';
        const told: ConnectionReport[] = [];
        const abort = new AbortController();
        const checking = checkConnection({
            url: 'https://meet.example',
            seams: { socket: () => server.connect() },
            onChange: (report) => told.push(report),
            signal: abort.signal,
        });
        checking.catch(() => {});
        await vi.advanceTimersByTimeAsync(60_000);
        const last = told.at(-1)!;
        expect(line(last, 'microphone')).toEqual({ id: 'microphone', status: 'running', reason: 'device/asking' });
        expect(line(last, 'relay-tls').status).toBe('passed');
        expect(last.verdict).toBe('running');
        abort.abort();
        await expect(checking).rejects.toMatchObject({ name: 'AbortError' });
        await vi.advanceTimersByTimeAsync(20_000);
        expect(told.at(-1)).toBe(last);
    });

    test('ways that are dead are given up at the same time, not one after the other', async () => {
        for (const way of ['udp', 'tcp', 'relay-udp', 'relay-tcp'] as const) network.dead.add(way);
        const began = Date.now();
        let ended = began;
        await check({ onChange: ({ verdict }) => verdict !== 'running' && (ended = Date.now()) });
        expect(ended - began).toBeGreaterThan(7_000);
        expect(ended - began).toBeLessThan(13_000);
    });

    test('a second relay is tried where the first is dead', async () => {
        server.iceServers = [{ urls: ['turn:dead.example:3478', TURN], username: 'u', credential: 'c' }];
        network.deadUrls.add('turn:dead.example:3478');
        const report = await check();
        expect(line(report, 'relay-udp')).toMatchObject({ status: 'passed', address: TURN });
    });
});
