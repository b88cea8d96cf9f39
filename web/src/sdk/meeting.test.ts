import { beforeEach, describe, expect, test } from 'vitest';
import type { ParleyError } from './errors';
import type { Meeting } from './meeting';
import { FakeServer, fakeTrack, until } from './testing/fakeServer';

let server: FakeServer;

beforeEach(() => {
    server = new FakeServer();
});

async function join(name: string): Promise<Meeting> {
    const { roomId, code } = server;
    return server.client().join({ roomId, code, name });
}

/** Ann's connection is away for longer than her seat is kept. */
async function lose(ann: Meeting): Promise<void> {
    const socket = server.socketOf(ann.self.id);
    server.unreachable = true;
    socket.drop();
    server.expire(server.seatOf(ann.self.id), 'connection-lost');
    server.unreachable = false;
    socket.connect();
}

const tracksOf = (meeting: Meeting, name: string): string[] =>
    meeting
        .getSnapshot()
        .participants.find((participant) => participant.name === name)
        ?.tracks.filter((track) => track.track)
        .map((track) => track.source)
        .sort() ?? [];

describe('joining', () => {
    test('gives a room, its link and its code', async () => {
        const room = await server.client().createRoom();
        expect(room).toEqual({
            roomId: server.roomId,
            code: '123456',
            link: expect.stringContaining(`?room=${server.roomId}`),
            hostToken: server.hostToken,
            hostLink: `${room.link}#host=${server.hostToken}`,
        });
    });

    test('is refused with the code and the sentence of the server', async () => {
        const attempt = server.client().join({ roomId: server.roomId, code: '000000', name: 'Ann' });
        await expect(attempt).rejects.toMatchObject({ code: 'room/refused', message: 'Check the link and the code.' });
    });

    test('can be tried again over the same connection after a refusal', async () => {
        const client = server.client();
        await client.join({ roomId: server.roomId, code: '0', name: 'Ann' }).catch(() => {});
        const meeting = await client.join({ roomId: server.roomId, code: server.code, name: 'Ann' });
        expect(meeting.self.name).toBe('Ann');
        expect(server.sockets).toHaveLength(1);
    });

    test('uses the connection that was made ahead of time', async () => {
        const client = server.client();
        client.connect();
        await until(() => server.sockets[0]?.connected === true);
        await client.join({ roomId: server.roomId, code: server.code, name: 'Ann' });
        expect(server.sockets).toHaveLength(1);
    });

    test('shows those who are there, and those who come and go', async () => {
        const ann = await join('Ann');
        const bob = await join('Bob');
        expect(bob.getSnapshot().participants.map(({ name }) => name)).toEqual(['Ann']);
        await until(() => ann.getSnapshot().participants.length === 1);
        const reasons: string[] = [];
        ann.on('participantLeft', ({ participant, reason }) => reasons.push(`${participant.name} ${reason}`));
        await bob.leave();
        await until(() => ann.getSnapshot().participants.length === 0);
        expect(reasons).toEqual(['Bob left']);
    });

    test('late brings every running stream and the chat so far', async () => {
        const ann = await join('Ann');
        await ann.publish('microphone', fakeTrack('audio'));
        await ann.publish('camera', fakeTrack('video'));
        await ann.sendChat('hello');
        const bob = await join('Bob');
        expect(bob.getSnapshot().chat.map(({ text }) => text)).toEqual(['hello']);
        await until(() => tracksOf(bob, 'Ann').length === 2);
        expect(tracksOf(bob, 'Ann')).toEqual(['camera', 'microphone']);
        const consumers = server.seatOf(bob.self.id).consumers;
        await until(() => [...consumers.values()].every((consumer) => consumer.resumed));
        // One transport for both, though they were consumed side by side.
        expect(server.requests('createTransport').filter(({ direction }) => direction === 'recv')).toHaveLength(1);
    });
});

describe('sending', () => {
    test('reaches the others, and stops when unpublished', async () => {
        const ann = await join('Ann');
        const bob = await join('Bob');
        const track = fakeTrack('video');
        const local = await ann.publish('camera', track);
        expect(ann.getSnapshot().local.camera).toBe(local);
        await until(() => tracksOf(bob, 'Ann').includes('camera'));
        expect(bob.getSnapshot().participants[0]).toMatchObject({ cameraOff: false, micMuted: true });
        await ann.unpublish('camera');
        await until(() => tracksOf(bob, 'Ann').length === 0);
        expect(track.readyState).toBe('ended');
        expect(ann.getSnapshot().local.camera).toBeUndefined();
    });

    test('uses one encoding for a camera', async () => {
        const ann = await join('Ann');
        await ann.publish('camera', fakeTrack('video'));
        const [produce] = server.requests('produce');
        expect(produce?.rtpParameters.encodings).toHaveLength(1);
    });

    test('mutes locally at once and tells the others', async () => {
        const ann = await join('Ann');
        const bob = await join('Bob');
        const track = fakeTrack('audio');
        await ann.publish('microphone', track);
        await until(() => bob.getSnapshot().participants[0]?.micMuted === false);
        const muting = ann.setPaused('microphone', true);
        expect(track.enabled).toBe(false);
        expect(ann.getSnapshot().local.microphone?.paused).toBe(true);
        await muting;
        await until(() => bob.getSnapshot().participants[0]?.micMuted === true);
        await ann.setPaused('microphone', false);
        expect(track.enabled).toBe(true);
        await until(() => bob.getSnapshot().participants[0]?.micMuted === false);
    });

    test('ends in the state asked for last when mute is pressed faster than the server answers', async () => {
        const ann = await join('Ann');
        await ann.publish('microphone', fakeTrack('audio'));
        await Promise.all([true, false, true, false, true].map((paused) => ann.setPaused('microphone', paused)));
        const [producer] = [...server.seatOf(ann.self.id).producers.values()];
        expect(producer?.paused).toBe(true);
    });

    test('can start muted', async () => {
        const ann = await join('Ann');
        const track = fakeTrack('audio');
        track.enabled = false;
        await ann.publish('microphone', track);
        expect(ann.getSnapshot().local.microphone?.paused).toBe(true);
        const bob = await join('Bob');
        expect(bob.getSnapshot().participants[0]?.micMuted).toBe(true);
    });

    test('replaces the track of the same source without a new stream', async () => {
        const ann = await join('Ann');
        const [first, second] = [fakeTrack('video'), fakeTrack('video')];
        await ann.publish('camera', first);
        await ann.publish('camera', second);
        expect(server.requests('produce')).toHaveLength(1);
        expect(ann.getSnapshot().local.camera?.track).toBe(second);
        expect(first.readyState).toBe('ended');
    });

    test('reports a device that was unplugged and takes its stream away', async () => {
        const ann = await join('Ann');
        const errors: ParleyError[] = [];
        ann.on('error', (error) => errors.push(error));
        const track = fakeTrack('audio');
        await ann.publish('microphone', track);
        (track as unknown as { remoteStop(): void }).remoteStop();
        await until(() => server.seatOf(ann.self.id).producers.size === 0);
        expect(ann.getSnapshot().local.microphone).toBeUndefined();
        expect(errors.map(({ code }) => code)).toEqual(['media/failed']);
    });
});

describe('chat', () => {
    test('is ordered by the server for everybody', async () => {
        const [ann, bob] = [await join('Ann'), await join('Bob')];
        const heard: string[] = [];
        bob.on('chatMessage', ({ text }) => heard.push(text));
        await Promise.all([ann.sendChat('1'), bob.sendChat('2'), ann.sendChat('3')]);
        await until(() => bob.getSnapshot().chat.length === 3 && ann.getSnapshot().chat.length === 3);
        expect(ann.getSnapshot().chat).toEqual(bob.getSnapshot().chat);
        expect(bob.getSnapshot().chat.map(({ seq }) => seq)).toEqual([1, 2, 3]);
        expect(heard.sort()).toEqual(['1', '2', '3']);
    });

    test('is sent once even when the connection drops before the answer', async () => {
        const ann = await join('Ann');
        server.mute.add('chat');
        const sending = ann.sendChat('only once');
        await until(() => server.chat.length === 1);
        server.mute.clear();
        server.sockets[0]!.drop();
        expect(await sending).toMatchObject({ seq: 1, text: 'only once' });
        expect(server.chat).toHaveLength(1);
        expect(ann.getSnapshot().chat).toHaveLength(1);
    });
});

describe('who speaks', () => {
    test('follows the levels and the active speaker', async () => {
        const [ann, bob] = [await join('Ann'), await join('Bob')];
        await bob.publish('microphone', fakeTrack('audio'));
        await until(() => tracksOf(ann, 'Bob').length === 1);
        server.broadcast('audioLevels', { levels: [{ participantId: bob.self.id, level: -20 }] });
        server.broadcast('activeSpeaker', { participantId: bob.self.id });
        await until(() => ann.getSnapshot().activeSpeakerId === bob.self.id);
        expect(ann.getSnapshot().participants[0]).toMatchObject({ speaking: true, audioLevel: -20 });
        expect(bob.getSnapshot().local.speaking).toBe(true);
        server.broadcast('audioLevels', { levels: [] });
        await until(() => ann.getSnapshot().participants[0]?.speaking === false);
    });

    test('leaves the snapshot as it was when nothing changed', async () => {
        const ann = await join('Ann');
        const before = ann.getSnapshot();
        server.broadcast('audioLevels', { levels: [] });
        server.broadcast('activeSpeaker', { participantId: null });
        await new Promise((resolve) => ann.on('activeSpeaker', resolve));
        expect(ann.getSnapshot()).toBe(before);
    });
});

describe('a dropped connection', () => {
    test('is resumed without touching media that is still alive', async () => {
        const [ann, bob] = [await join('Ann'), await join('Bob')];
        await ann.publish('microphone', fakeTrack('audio'));
        await bob.publish('microphone', fakeTrack('audio'));
        await until(() => tracksOf(ann, 'Bob').length === 1);
        const states: string[] = [];
        ann.on('stateChanged', ({ state }) => states.push(state));
        const before = server.log.length;
        server.sockets[0]!.drop();
        await until(() => states.length === 2);
        expect(states).toEqual(['reconnecting', 'connected']);
        await until(() => server.requests('resumeProducer').length === 1);
        const after = server.log.slice(before).map(({ name }) => name);
        expect(after.filter((name) => /^(produce|consume|createTransport)$/.test(name))).toEqual([]);
    });

    test('shows exactly what happened meanwhile', async () => {
        const [ann, bob, cleo] = [await join('Ann'), await join('Bob'), await join('Cleo')];
        await bob.publish('camera', fakeTrack('video'));
        await cleo.publish('microphone', fakeTrack('audio'));
        await until(() => tracksOf(ann, 'Bob').length === 1 && tracksOf(ann, 'Cleo').length === 1);
        server.unreachable = true;
        server.sockets[0]!.drop();
        expect(ann.getSnapshot().state).toBe('reconnecting');

        await bob.leave();
        await cleo.unpublish('microphone');
        await cleo.publish('camera', fakeTrack('video'));
        await cleo.sendChat('while you were out');

        server.unreachable = false;
        server.sockets[0]!.connect();
        await until(() => ann.getSnapshot().state === 'connected');
        expect(ann.getSnapshot().participants.map(({ name }) => name)).toEqual(['Cleo']);
        expect(ann.getSnapshot().chat.map(({ text }) => text)).toEqual(['while you were out']);
        await until(() => tracksOf(ann, 'Cleo').join() === 'camera');
    });

    test('lets mute hold, and tells the server afterwards', async () => {
        const ann = await join('Ann');
        const track = fakeTrack('audio');
        await ann.publish('microphone', track);
        server.sockets[0]!.drop();
        await ann.setPaused('microphone', true);
        expect(track.enabled).toBe(false);
        const [producer] = [...server.seatOf(ann.self.id).producers.values()];
        await until(() => producer?.paused === true);
    });

    test('makes anew what the server no longer has, and closes what nobody knows', async () => {
        const [ann, bob] = [await join('Ann'), await join('Bob')];
        await ann.publish('camera', fakeTrack('video'));
        await bob.publish('camera', fakeTrack('video'));
        await until(() => tracksOf(ann, 'Bob').length === 1);
        const seat = server.seatOf(ann.self.id);
        await until(() => [...seat.consumers.values()].every((consumer) => consumer.resumed));
        server.unreachable = true;
        server.sockets[0]!.drop();
        const transportId = [...seat.transports][0]!;
        seat.producers.clear();
        seat.consumers.clear();
        seat.producers.set('stray', { id: 'stray', kind: 'audio', source: 'microphone', paused: false, transportId });
        server.unreachable = false;
        server.sockets[0]!.connect();
        await until(() => seat.producers.size === 1 && seat.consumers.size === 1 && tracksOf(ann, 'Bob').length === 1);
        expect([...seat.producers.values()][0]?.source).toBe('camera');
    });

    test('of longer than the grace period takes a new seat, and sends and shows everything again', async () => {
        const [ann, bob] = [await join('Ann'), await join('Bob')];
        await ann.publish('microphone', fakeTrack('audio'));
        await bob.publish('camera', fakeTrack('video'));
        await until(() => tracksOf(ann, 'Bob').length === 1 && tracksOf(bob, 'Ann').length === 1);
        const before = ann.self.id;
        await lose(ann);
        await until(() => ann.getSnapshot().state === 'connected' && ann.self.id !== before);
        await until(() => tracksOf(ann, 'Bob').join() === 'camera' && tracksOf(bob, 'Ann').join() === 'microphone');
        expect(bob.getSnapshot().participants.map(({ name }) => name)).toEqual(['Ann']);
    });

    test('ends the meeting and says why when the seat is lost and the room lets nobody in', async () => {
        const ann = await join('Ann');
        const track = fakeTrack('audio');
        await ann.publish('microphone', track);
        server.settings.locked = true;
        await lose(ann);
        await until(() => ann.getSnapshot().state === 'closed');
        expect(ann.getSnapshot().closeReason).toBe('session-lost');
        expect(track.readyState).toBe('ended');
        await expect(ann.sendChat('too late')).rejects.toMatchObject({ code: 'state/closed' });
    });
});

describe('broken media', () => {
    test('is built anew when the server closed the transport, in both directions', async () => {
        const [ann, bob] = [await join('Ann'), await join('Bob')];
        await ann.publish('camera', fakeTrack('video'));
        await until(() => tracksOf(bob, 'Ann').length === 1);
        const [annSeat, bobSeat] = [server.seatOf(ann.self.id), server.seatOf(bob.self.id)];
        server.closeTransport(bobSeat, [...bobSeat.transports][0]!);
        await until(() => bobSeat.consumers.size === 1 && tracksOf(bob, 'Ann').length === 1);
        const sent = [...annSeat.producers.keys()][0];
        server.closeTransport(annSeat, [...annSeat.transports][0]!);
        await until(() => annSeat.producers.size === 1 && !annSeat.producers.has(sent!));
        await until(() => tracksOf(bob, 'Ann').join() === 'camera');
        expect(ann.getSnapshot().local.camera?.track.readyState).toBe('live');
    });
});

describe('the end', () => {
    test('comes when the room is closed', async () => {
        const ann = await join('Ann');
        server.broadcast('roomClosed', { reason: 'closed' });
        await until(() => ann.getSnapshot().state === 'closed');
        expect(ann.getSnapshot().closeReason).toBe('room-closed');
    });

    test('comes at once by leaving, and tracks stop', async () => {
        const ann = await join('Ann');
        const track = fakeTrack('video');
        await ann.publish('camera', track);
        await ann.leave();
        expect(ann.getSnapshot()).toMatchObject({ state: 'closed', closeReason: 'left', participants: [] });
        expect(track.readyState).toBe('ended');
        expect(server.seats.size).toBe(0);
    });
});
