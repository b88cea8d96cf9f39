import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Meeting } from './meeting';
import { FakeServer, fakeTrack, until } from './testing/fakeServer';

let server: FakeServer;
let ann: Meeting;
let bob: Meeting;

beforeEach(async () => {
    server = new FakeServer();
    const { roomId, code } = server;
    ann = await server.client().join({ roomId, code, name: 'Ann' });
    bob = await server.client().join({ roomId, code, name: 'Bob' });
});

afterEach(() => vi.unstubAllGlobals());

/** The next share gives these tracks. */
function offer(video: MediaStreamTrack, audio?: MediaStreamTrack): void {
    const stream = { getVideoTracks: () => [video], getAudioTracks: () => (audio ? [audio] : []) };
    vi.stubGlobal('navigator', { mediaDevices: { getDisplayMedia: async () => stream } });
}

const seen = (): string[] => bob.getSnapshot().participants[0]?.tracks.map(({ source }) => source).sort() ?? [];

test('is sent with its sound, as detail', async () => {
    const video = fakeTrack('video');
    offer(video, fakeTrack('audio'));
    const share = await ann.shareScreen();
    expect(ann.getSnapshot().local.screens).toEqual([share]);
    expect(video.contentHint).toBe('detail');
    await until(() => seen().join() === 'screen,screenAudio');
    await ann.stopScreen(share.id);
    await until(() => seen().length === 0);
    expect(ann.getSnapshot().local.screens).toEqual([]);
});

test('ends, sound included, when the browser\'s own "stop sharing" is pressed', async () => {
    const [video, audio] = [fakeTrack('video'), fakeTrack('audio')];
    offer(video, audio);
    await ann.shareScreen();
    await until(() => seen().length === 2);
    (video as unknown as { remoteStop(): void }).remoteStop();
    await until(() => seen().length === 0);
    expect(ann.getSnapshot().local.screens).toEqual([]);
    expect(audio.readyState).toBe('ended');
});

test('can be several at once, each ended by itself', async () => {
    offer(fakeTrack('video'));
    const first = await ann.shareScreen();
    offer(fakeTrack('video'));
    const second = await ann.shareScreen();
    await until(() => seen().join() === 'screen,screen');
    await ann.stopScreen(first.id);
    expect(ann.getSnapshot().local.screens).toEqual([second]);
    await until(() => seen().join() === 'screen');
});

test('that was cancelled sends nothing and says so', async () => {
    const refuse = async (): Promise<never> => Promise.reject(new DOMException('x', 'NotAllowedError'));
    vi.stubGlobal('navigator', { mediaDevices: { getDisplayMedia: refuse } });
    await expect(ann.shareScreen()).rejects.toMatchObject({ kind: 'denied' });
    expect(server.requests('produce')).toEqual([]);
});
