import { beforeEach, describe, expect, test } from 'vitest';
import type { Meeting } from './meeting';
import { FakeServer, fakeTrack, until } from './testing/fakeServer';

let server: FakeServer;
let ann: Meeting;
let bob: Meeting;

const join = (name: string): Promise<Meeting> => server.client().join({ roomId: server.roomId, code: server.code, name });
const seen = (by: Meeting, name: string) => by.getSnapshot().participants.find((participant) => participant.name === name);

beforeEach(async () => {
    server = new FakeServer();
    const { roomId, hostToken } = server;
    ann = await server.client().join({ roomId, hostToken, name: 'Ann' });
    bob = await join('Bob');
    await until(() => seen(ann, 'Bob') !== undefined);
});

describe('roles', () => {
    test('come from the host token, and everybody sees them', () => {
        expect(ann.self.role).toBe('host');
        expect(bob.self.role).toBe('guest');
        expect(seen(bob, 'Ann')?.role).toBe('host');
    });

    test('pass on, also to oneself, with an event for each', async () => {
        const told: string[] = [];
        bob.on('roleChanged', ({ participantId, role, by }) => told.push(`${participantId} ${role} ${by}`));
        await ann.host.setRole(bob.self.id, 'host');
        await until(() => bob.self.role === 'host' && seen(ann, 'Bob')?.role === 'host');
        await bob.host.setRole(bob.self.id, 'guest');
        await until(() => bob.self.role === 'guest');
        expect(told).toEqual([`${bob.self.id} host ${ann.self.id}`, `${bob.self.id} guest ${bob.self.id}`]);
    });

    test('are enforced by the server', async () => {
        await expect(bob.host.muteAll()).rejects.toMatchObject({ code: 'state/not-host' });
    });
});

describe('a host', () => {
    test('mutes somebody, who is told and can unmute', async () => {
        const track = fakeTrack('audio');
        await bob.publish('microphone', track);
        await until(() => seen(ann, 'Bob')?.micMuted === false);
        const told: string[] = [];
        bob.on('mutedByHost', ({ source, by }) => told.push(`${source} ${by}`));
        await ann.host.mute(bob.self.id);
        await until(() => seen(ann, 'Bob')?.micMuted === true && bob.getSnapshot().local.microphone?.paused === true);
        expect(track.enabled).toBe(false);
        expect(told).toEqual([`microphone ${ann.self.id}`]);
        await bob.setPaused('microphone', false);
        await until(() => seen(ann, 'Bob')?.micMuted === false);
        expect(track.enabled).toBe(true);
    });

    test('mutes somebody whose connection is away, who is muted when it is back', async () => {
        await bob.publish('microphone', fakeTrack('audio'));
        server.unreachable = true;
        const socket = server.socketOf(bob.self.id);
        socket.drop();
        await ann.host.mute(bob.self.id);
        server.unreachable = false;
        socket.connect();
        await until(() => bob.getSnapshot().state === 'connected');
        expect(bob.getSnapshot().local.microphone?.paused).toBe(true);
        await until(() => server.requests('pauseProducer').length === 1);
        expect(server.requests('resumeProducer')).toEqual([]);
    });

    test('asks to unmute', async () => {
        const asked = new Promise((resolve) => bob.on('askedToUnmute', resolve));
        await ann.host.askToUnmute(bob.self.id);
        expect(await asked).toEqual({ source: 'microphone', by: ann.self.id });
    });

    test('removes somebody, whose meeting is over and who does not come back by itself', async () => {
        await ann.host.remove(bob.self.id);
        await until(() => bob.getSnapshot().state === 'closed');
        expect(bob.getSnapshot().closeReason).toBe('removed');
        await until(() => ann.getSnapshot().participants.length === 0);
        expect(server.requests('join')).toHaveLength(2);
    });

    test('removes somebody whose connection is away, who learns it when it is back', async () => {
        server.unreachable = true;
        const socket = server.socketOf(bob.self.id);
        socket.drop();
        await ann.host.remove(bob.self.id);
        server.unreachable = false;
        socket.connect();
        await until(() => bob.getSnapshot().state === 'closed');
        expect(bob.getSnapshot().closeReason).toBe('removed');
    });

    test('ends the meeting for all', async () => {
        await ann.host.endForAll().catch(() => {});
        await until(() => ann.getSnapshot().state === 'closed' && bob.getSnapshot().state === 'closed');
        expect(bob.getSnapshot().closeReason).toBe('ended');
    });

    test('sees raised hands in order and lowers them', async () => {
        await bob.raiseHand();
        await ann.raiseHand();
        await until(() => ann.self.hand === 2);
        expect(seen(ann, 'Bob')?.hand).toBe(1);
        expect(bob.getSnapshot().hands).toEqual([bob.self.id, ann.self.id]);
        await ann.host.lowerHand(bob.self.id);
        await until(() => ann.self.hand === 1 && bob.self.hand === undefined);
        await ann.host.lowerHand();
        await until(() => bob.getSnapshot().hands.length === 0);
        expect('hand' in ann.self).toBe(false);
    });
});

describe('the lobby', () => {
    beforeEach(async () => {
        await ann.host.setLobby(true);
        await until(() => bob.getSnapshot().room.lobby);
    });

    const knock = (name: string, options: { signal?: AbortSignal } = {}) => {
        let waiting = 0;
        const { roomId, code } = server;
        const joining = server.client().join({ roomId, code, name, onWaiting: () => waiting++, ...options });
        joining.catch(() => {});
        return { joining, waits: () => waiting };
    };
    const waiting = (): string[] => ann.getSnapshot().waiting.map(({ name }) => name);

    test('is seen by hosts only', async () => {
        knock('Cleo');
        await until(() => waiting().join() === 'Cleo');
        expect(bob.getSnapshot().waiting).toEqual([]);
        await ann.host.setRole(bob.self.id, 'host');
        await until(() => bob.getSnapshot().waiting.length === 1);
    });

    test('lets in whom a host admits, with everything that happens from then on', async () => {
        const { joining, waits } = knock('Cleo');
        await until(() => waiting().length === 1 && waits() === 1);
        await ann.host.admit(ann.getSnapshot().waiting[0]!.id);
        await bob.sendChat('welcome');
        const cleo = await joining;
        expect(cleo.getSnapshot().participants.map(({ name }) => name)).toEqual(['Ann', 'Bob']);
        await until(() => cleo.getSnapshot().chat.length === 1);
        await until(() => waiting().length === 0 && seen(bob, 'Cleo') !== undefined);
    });

    test('sends away whom a host denies', async () => {
        const { joining } = knock('Eve');
        await until(() => waiting().length === 1);
        await ann.host.deny();
        await expect(joining).rejects.toMatchObject({ code: 'room/denied' });
        await until(() => waiting().length === 0);
    });

    test('is left by who cancels', async () => {
        const cancel = new AbortController();
        const { joining } = knock('Cleo', { signal: cancel.signal });
        await until(() => waiting().length === 1);
        cancel.abort();
        await expect(joining).rejects.toMatchObject({ code: 'cancelled' });
        await until(() => waiting().length === 0);
    });

    test('is waited in again by who lost the connection there', async () => {
        const { joining, waits } = knock('Cleo');
        await until(() => waiting().length === 1);
        const first = ann.getSnapshot().waiting[0]!.id;
        server.sockets.at(-1)!.drop();
        await until(() => waiting().length === 1 && ann.getSnapshot().waiting[0]!.id !== first);
        expect(waits()).toBe(1);
        await ann.host.admit();
        expect((await joining).self.name).toBe('Cleo');
    });

    test('does not keep hosts', async () => {
        const { roomId, hostToken } = server;
        expect((await server.client().join({ roomId, hostToken, name: 'Second' })).self.role).toBe('host');
    });

    test('and the lock tell the difference', async () => {
        await ann.host.setLocked(true);
        await expect(knock('Late').joining).rejects.toMatchObject({ code: 'room/locked' });
    });
});
