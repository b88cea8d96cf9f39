import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { MeetingSnapshot, ServerStats } from '../../sdk';
import type { MeetingHandle } from '../lib/meetingHandle';
import { exported } from './download';
import { QualityMonitor } from './QualityMonitor';

const track = (id: string) => ({ id }) as MediaStreamTrack;
const camera = (id: string, change: object = {}) => ({ id, source: 'camera', kind: 'video', track: track(`track-${id}`), paused: false, receiving: true, ...change });

/** A meeting whose counters grow as told, two seconds at a time. */
class Meeting {
    readonly self = { id: 'me', name: 'Me' };
    time = 0;
    /** Share of packets lost by track. */
    loss: Record<string, number> = {};
    upstream: Record<string, ServerStats> = {};
    readonly asked: string[] = [];
    participants: object[] = [{ id: 'ana', tracks: [camera('a')] }, { id: 'bob', tracks: [camera('b')] }, { id: 'cleo', tracks: [camera('c')] }];
    private readonly counters = new Map<string, { packets: number; lost: number }>();

    getSnapshot() {
        return { state: 'connected', participants: this.participants, local: { camera: camera('mine'), screens: [] } } as unknown as MeetingSnapshot;
    }

    async stats() {
        const inbound = ['a', 'b', 'c'].map((id) => {
            const counter = this.counters.get(id) ?? { packets: 0, lost: 0 };
            const lost = 200 * (this.loss[id] ?? 0);
            this.counters.set(id, { packets: counter.packets + 200 - lost, lost: counter.lost + lost });
            const now = this.counters.get(id)!;
            return { id, type: 'inbound-rtp', kind: 'video', trackIdentifier: `track-${id}`, packetsReceived: now.packets, packetsLost: now.lost,
                bytesReceived: now.packets * 1_000, framesDecoded: now.packets / 5, framesPerSecond: 20 };
        });
        return { recv: new Map(inbound.map((one) => [one.id, one])) };
    }

    async serverStats(id: string): Promise<ServerStats> {
        this.asked.push(id);
        return this.upstream[id] ?? {};
    }
}

const arriving = (fractionLost: number): ServerStats =>
    ({ received: { mimeType: 'video/VP8', packets: 1, packetsLost: 0, fractionLost, jitter: 0, roundTripTime: 0, bitrate: 800_000 } });

let meeting: Meeting;
let monitor: QualityMonitor;
let now = 0;

beforeEach(() => {
    meeting = new Meeting();
    monitor = new QualityMonitor(meeting as unknown as MeetingHandle);
    now = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => now);
});

afterEach(() => {
    vi.restoreAllMocks();
    vi.useRealTimers();
});

async function measure(times: number): Promise<void> {
    for (let i = 0; i < times; i++) {
        now += 2_000;
        await monitor.measure();
    }
}

describe('the monitor', () => {
    test('blames whose packets the server missed, and nobody else', async () => {
        meeting.loss = { a: 0.08 };
        meeting.upstream = { a: arriving(0.08) };
        await measure(4);
        expect(monitor.verdictOf('ana')).toEqual({ level: 'fair', trouble: 'loss', side: 'other' });
        expect([monitor.verdictOf('bob').level, monitor.verdictOf('cleo').level]).toEqual(['good', 'good']);
        expect(new Set(meeting.asked)).toEqual(new Set(['a']));
    });

    test('blames one’s own connection when everybody’s packets are lost behind the server', async () => {
        meeting.loss = { a: 0.07, b: 0.07, c: 0.07 };
        meeting.upstream = { a: arriving(0), b: arriving(0), c: arriving(0) };
        await measure(4);
        expect(monitor.verdictOf('ana')).toEqual({ level: 'fair', trouble: 'loss', side: 'own' });
        expect(monitor.verdictOf('me')).toEqual({ level: 'fair', trouble: 'loss', side: 'own' });
    });

    test('says nothing of a picture that is paused or held back', async () => {
        meeting.loss = { a: 1, b: 1 };
        meeting.participants = [{ id: 'ana', tracks: [camera('a', { paused: true })] }, { id: 'bob', tracks: [camera('b', { receiving: false })] }];
        await measure(4);
        expect([monitor.verdictOf('ana').level, monitor.verdictOf('bob').level]).toEqual(['unknown', 'unknown']);
        expect(meeting.asked).toEqual([]);
    });

    test('keeps three minutes of each stream, and forgets who left', async () => {
        await measure(120);
        const [history] = monitor.historiesOf('ana');
        expect(history?.samples).toHaveLength(90);
        expect(history?.samples.at(-1)).toMatchObject({ at: 240_000, bitrate: 800_000, fps: 20 });
        meeting.participants = [];
        await measure(1);
        expect(monitor.historiesOf('ana')).toEqual([]);
        expect(monitor.verdictOf('ana').level).toBe('unknown');
    });

    test('asks the server about somebody as long as one looks, and never about too many at once', async () => {
        const stop = monitor.watch('bob');
        await measure(2);
        expect(meeting.asked).toEqual(['b']);
        stop();
        await measure(1);
        expect(meeting.asked).toEqual(['b']);
    });

    test('survives a server that does not answer', async () => {
        meeting.loss = { a: 0.08 };
        meeting.serverStats = async () => Promise.reject(new Error('away'));
        await measure(4);
        expect(monitor.verdictOf('ana')).toMatchObject({ trouble: 'loss', side: 'other' });
        meeting.stats = async () => Promise.reject(new Error('over'));
        await measure(1);
        expect(monitor.count()).toBe(3);
    });

    test('measures by itself until it is stopped', async () => {
        vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
        const stop = monitor.start();
        let told = 0;
        monitor.subscribe(() => told++);
        for (let i = 0; i < 3; i++) {
            await vi.advanceTimersByTimeAsync(2_000);
            now += 2_000;
            await new Promise((resolve) => setTimeout(resolve));
        }
        expect(told).toBe(2);
        stop();
        await vi.advanceTimersByTimeAsync(10_000);
        expect(told).toBe(2);
    });

    test('hands out everything it knows', async () => {
        vi.stubGlobal('navigator', { userAgent: 'a browser' });
        await measure(3);
        const file = exported(monitor, [{ id: 'ana', name: 'Ana', self: false }], new Date(0));
        expect(JSON.parse(JSON.stringify(file))).toMatchObject({
            exportedAt: '1970-01-01T00:00:00.000Z', browser: 'a browser',
            participants: [{ name: 'Ana', self: false, connection: { level: 'good' }, streams: [{ source: 'camera', samples: [{ at: 4_000 }, { at: 6_000 }] }] }],
        });
        vi.unstubAllGlobals();
    });
});
