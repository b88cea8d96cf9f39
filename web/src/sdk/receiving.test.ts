import { beforeEach, expect, test } from 'vitest';
import type { Meeting } from './meeting';
import { serverStats } from './serverStats';
import { FakeServer, fakeTrack, until } from './testing/fakeServer';

let server: FakeServer;
let ann: Meeting;
let bob: Meeting;
let camera: string;

const join = (name: string): Promise<Meeting> => server.client().join({ roomId: server.roomId, code: server.code, name });
const consumer = () => [...server.seatOf(ann.self.id).consumers.values()][0];
const seen = () => ann.getSnapshot().participants[0]?.tracks[0];
const tellings = () => server.log.map(({ name }) => name).filter((name) => name === 'pauseConsumer' || name === 'resumeConsumer');

beforeEach(async () => {
    server = new FakeServer();
    [ann, bob] = [await join('Ann'), await join('Bob')];
    await bob.publish('camera', fakeTrack('video'));
    await until(() => consumer()?.resumed === true && seen()?.track !== undefined);
    camera = seen()!.id;
});

test('a track is held back by the server, and forwarded again, as one wishes', async () => {
    expect(seen()?.receiving).toBe(true);
    ann.setReceiving(camera, false);
    expect(seen()?.receiving).toBe(false);
    await until(() => consumer()?.resumed === false);
    ann.setReceiving(camera, true);
    expect(seen()?.receiving).toBe(true);
    await until(() => consumer()?.resumed === true);
});

test('the same wish twice is told once, and the last of several holds', async () => {
    for (const wish of [true, false, false, true, false]) ann.setReceiving(camera, wish);
    await until(() => tellings().length === 4);
    expect(tellings()).toEqual(['resumeConsumer', 'pauseConsumer', 'resumeConsumer', 'pauseConsumer']);
    expect(consumer()?.resumed).toBe(false);
});

test('a wish that was made while the connection was away is told afterwards', async () => {
    server.unreachable = true;
    server.sockets[0]!.drop();
    await until(() => ann.getSnapshot().state === 'reconnecting');
    ann.setReceiving(camera, false);
    server.unreachable = false;
    server.sockets[0]!.connect();
    await until(() => ann.getSnapshot().state === 'connected' && consumer()?.resumed === false);
    expect(seen()?.receiving).toBe(false);
});

test('a track that was held back stays so when its consumer has to be made anew', async () => {
    ann.setReceiving(camera, false);
    await until(() => consumer()?.resumed === false);
    const [transport] = server.seatOf(ann.self.id).transports;
    server.closeTransport(server.seatOf(ann.self.id), transport!);
    await until(() => consumer() !== undefined && seen()?.track !== undefined);
    ann.setReceiving('nothing', false);
    expect(consumer()?.resumed).toBe(false);
    expect(seen()?.receiving).toBe(false);
});

test('the server’s figures tell the two halves of a stream’s way apart', async () => {
    expect(await ann.serverStats(camera)).toMatchObject({
        received: { packets: 100, fractionLost: 0.05, bitrate: 800_000, mimeType: 'video/VP8' },
        sent: { packets: 95, fractionLost: 0 },
    });
    const own = bob.getSnapshot().local.camera!.id;
    expect(await bob.serverStats(own)).toMatchObject({ received: { packets: 100, jitter: 0 } });
    expect((await bob.serverStats(own)).sent).toBeUndefined();
    expect(await ann.serverStats('nothing')).toEqual({});
});

test('of several streams of one sender, the one that carries most now counts', () => {
    const stream = (bitrate: number) => ({ type: 'inbound-rtp', bitrate });
    expect(serverStats([stream(0), stream(300), stream(10)]).received?.bitrate).toBe(300);
    expect(serverStats([{ type: 'transport' }])).toEqual({});
});
