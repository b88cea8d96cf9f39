import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Meeting } from './meeting';
import { FakeServer, fakeTrack, until } from './testing/fakeServer';

/** A tab: its storage outlives its pages, and its pages are told when they go away. */
class Tab {
    readonly stored = new Map<string, string>();
    private page = new EventTarget();

    install(): void {
        vi.stubGlobal('sessionStorage', {
            getItem: (key: string) => this.stored.get(key) ?? null,
            setItem: (key: string, value: string) => void this.stored.set(key, value),
            removeItem: (key: string) => void this.stored.delete(key),
        });
        vi.stubGlobal('addEventListener', (...given: Parameters<EventTarget['addEventListener']>) => this.page.addEventListener(...given));
        vi.stubGlobal('removeEventListener', (...given: Parameters<EventTarget['removeEventListener']>) =>
            this.page.removeEventListener(...given),
        );
    }

    /** The page goes away: it is told, its connection ends, and nothing of it runs any more. */
    unload(socket: { vanish(): void }): void {
        this.page.dispatchEvent(new Event('pagehide'));
        this.page = new EventTarget();
        socket.vanish();
    }
}

let server: FakeServer;
let tab: Tab;
let ann: Meeting;
let bob: Meeting;
let news: string[];

const join = (name: string): Promise<Meeting> => server.client().join({ roomId: server.roomId, code: server.code, name });
const tracksOf = (meeting: Meeting, name: string): string =>
    meeting
        .getSnapshot()
        .participants.find((participant) => participant.name === name)
        ?.tracks.filter((track) => track.track)
        .map(({ source }) => source)
        .sort()
        .join() ?? 'gone';

beforeEach(async () => {
    server = new FakeServer();
    tab = new Tab();
    bob = await join('Bob');
    tab.install();
    ann = await join('Ann');
    await until(() => bob.getSnapshot().participants.length === 1);
    news = [];
    bob.on('participantJoined', ({ participant }) => news.push(`+${participant.name}`));
    bob.on('participantLeft', ({ participant }) => news.push(`-${participant.name}`));
});

afterEach(() => vi.unstubAllGlobals());

describe('a reloaded page', () => {
    test('takes its old place: nobody sees it leave or join, and its streams are replaced', async () => {
        await ann.publish('camera', fakeTrack('video'));
        const muted = fakeTrack('audio');
        muted.enabled = false;
        await ann.publish('microphone', muted);
        await until(() => tracksOf(bob, 'Ann') === 'camera,microphone');
        const { id } = ann.self;
        tab.unload(server.socketOf(id));

        const client = server.client();
        expect(client.canReturn(server.roomId)).toBe(true);
        const returned = await client.return(server.roomId);
        expect(returned?.wasSending).toEqual({ camera: 'on', microphone: 'paused' });
        expect(returned?.meeting.self).toMatchObject({ id, name: 'Ann', role: 'guest' });
        expect(returned?.meeting.getSnapshot().participants.map(({ name }) => name)).toEqual(['Bob']);
        await until(() => tracksOf(bob, 'Ann') === '');
        await returned!.meeting.publish('camera', fakeTrack('video'));
        await until(() => tracksOf(bob, 'Ann') === 'camera');
        expect(news).toEqual([]);
    });

    test('may be reloaded again', async () => {
        let { id } = ann.self;
        for (let i = 0; i < 3; i++) {
            tab.unload(server.socketOf(id));
            const returned = await server.client().return(server.roomId);
            expect(returned?.meeting.self.id).toBe(id);
            id = returned!.meeting.self.id;
        }
        expect(news).toEqual([]);
    });

    test('that comes too late is told that there is no seat', async () => {
        tab.unload(server.socketOf(ann.self.id));
        server.expire(server.seatOf(ann.self.id), 'left');
        const client = server.client();
        expect(await client.return(server.roomId)).toBeUndefined();
        expect(client.canReturn(server.roomId)).toBe(false);
    });

    test('that cannot reach the server keeps the seat for the next try', async () => {
        tab.unload(server.socketOf(ann.self.id));
        vi.useFakeTimers();
        server.unreachable = true;
        const client = server.client();
        const returning = client.return(server.roomId);
        const failed = expect(returning).rejects.toMatchObject({ code: 'signalling/unreachable' });
        await vi.advanceTimersByTimeAsync(11_000);
        await failed;
        vi.useRealTimers();
        expect(client.canReturn(server.roomId)).toBe(true);
    });
});

test('a page that is still open leaves nothing that another tab could take', async () => {
    expect(tab.stored.size).toBe(0);
    expect(server.client().canReturn(server.roomId)).toBe(false);
    await ann.leave();
    expect(tab.stored.size).toBe(0);
});

test('a page whose seat another one took ends without a fight', async () => {
    tab.unload({ vanish: () => {} }); // It only seemed to go.
    const returned = await server.client().return(server.roomId);
    await until(() => ann.getSnapshot().state === 'closed');
    expect(ann.getSnapshot().closeReason).toBe('replaced');
    expect(returned?.meeting.getSnapshot().state).toBe('connected');
});

test('a server that was restarted has everybody back in the same seat, sending again, and nobody sees a leave', async () => {
    await ann.publish('camera', fakeTrack('video'));
    await bob.publish('microphone', fakeTrack('audio'));
    await ann.sendChat('before');
    await until(() => tracksOf(bob, 'Ann') === 'camera' && tracksOf(ann, 'Bob') === 'microphone');
    const ids = [ann.self.id, bob.self.id];
    server.restart();
    await until(() => ann.getSnapshot().state === 'reconnecting' && bob.getSnapshot().state === 'reconnecting');
    await until(() => ann.getSnapshot().state === 'connected' && bob.getSnapshot().state === 'connected');
    await until(() => tracksOf(bob, 'Ann') === 'camera' && tracksOf(ann, 'Bob') === 'microphone');
    expect([ann.self.id, bob.self.id]).toEqual(ids);
    expect(news).toEqual([]);
    expect(ann.getSnapshot().chat.map(({ text }) => text)).toEqual(['before']);
});
