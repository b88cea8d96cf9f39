import { beforeEach, expect, test } from 'vitest';
import type { Meeting } from './meeting';
import { FakeServer, until } from './testing/fakeServer';

let server: FakeServer;
let ann: Meeting;
let bob: Meeting;
let cleo: Meeting;

const join = (name: string): Promise<Meeting> => server.client().join({ roomId: server.roomId, code: server.code, name });
const texts = (meeting: Meeting): string[] => meeting.getSnapshot().chat.map(({ text }) => text);

beforeEach(async () => {
    server = new FakeServer();
    [ann, bob, cleo] = [await join('Ann'), await join('Bob'), await join('Cleo')];
});

test('a private message reaches its two people only', async () => {
    const sent = await ann.sendChat('psst', { to: bob.self.id });
    expect(sent).toMatchObject({ to: bob.self.id, toName: 'Bob' });
    await bob.sendChat('for all');
    await until(() => texts(bob).length === 2 && texts(ann).length === 2 && texts(cleo).length === 1);
    expect(texts(cleo)).toEqual(['for all']);
    expect(ann.getSnapshot().chat[0]).toEqual(bob.getSnapshot().chat[0]);
    expect(texts(await join('Late'))).toEqual(['for all']);
});

test('whatever drops whenever, each message arrives once and in one order', async () => {
    const all: Promise<unknown>[] = [];
    for (let i = 0; i < 30; i++) {
        const from = [ann, bob, cleo][i % 3]!;
        all.push(from.sendChat(`message ${i}`));
        if (i % 4 === 0) {
            await new Promise((resolve) => setTimeout(resolve, i % 3));
            for (const socket of [...server.sockets]) if ((i + server.sockets.indexOf(socket)) % 2 === 0) socket.drop();
        }
    }
    await Promise.all(all);
    await until(() => [ann, bob, cleo].every((one) => one.getSnapshot().state === 'connected' && texts(one).length === 30));
    expect(new Set(texts(ann)).size).toBe(30);
    expect(texts(bob)).toEqual(texts(ann));
    expect(texts(cleo)).toEqual(texts(ann));
});

test('a message whose answer was lost with the seat is not sent twice', async () => {
    server.mute.add('chat');
    const sending = ann.sendChat('only once');
    await until(() => server.chat.length === 1);
    server.mute.clear();
    const socket = server.socketOf(ann.self.id);
    server.unreachable = true;
    socket.drop();
    server.expire(server.seatOf(ann.self.id), 'connection-lost');
    server.unreachable = false;
    socket.connect();
    expect(await sending).toMatchObject({ text: 'only once' });
    expect(server.chat).toHaveLength(1);
});

test('a file is uploaded and then sent with a message', async () => {
    const progress: number[] = [];
    const file = new File(['hello'], 'hello.txt', { type: 'text/plain' });
    const sent = await ann.sendFile(file, { text: 'look', onProgress: (done) => progress.push(done) });
    expect(sent).toMatchObject({ text: 'look', file: { name: 'hello.txt', size: 5, type: 'text/plain' } });
    await until(() => texts(bob).length === 1);
    expect(bob.getSnapshot().chat[0]?.file).toEqual(sent.file);
    expect(progress.at(-1)).toBe(1);
});

test('a file that is too large, or a server without files, is told before anything is sent', async () => {
    await expect(ann.sendFile(new Blob(['x'.repeat(1_001)]))).rejects.toMatchObject({ code: 'file/too-large' });
    server.fileLimit = 0;
    const late = await join('Late');
    expect(late.getSnapshot().fileLimit).toBe(0);
    await expect(late.sendFile(new Blob(['x']))).rejects.toMatchObject({ code: 'file/not-allowed' });
    expect(server.files.size).toBe(0);
});

test('a reaction is seen by all, and for a moment', async () => {
    const reacted = new Promise((resolve) => bob.on('reaction', resolve));
    await ann.react('👍');
    expect(await reacted).toMatchObject({ participantId: ann.self.id, emoji: '👍' });
    expect(bob.getSnapshot().reactions).toHaveLength(1);
    await until(() => bob.getSnapshot().reactions.length === 0);
});

test('a raised hand survives a lost connection, and goes when its owner leaves', async () => {
    await bob.raiseHand();
    const socket = server.socketOf(ann.self.id);
    server.unreachable = true;
    socket.drop();
    await cleo.raiseHand();
    server.unreachable = false;
    socket.connect();
    await until(() => ann.getSnapshot().hands.length === 2);
    expect(ann.getSnapshot().hands).toEqual([bob.self.id, cleo.self.id]);
    await bob.leave();
    await until(() => ann.getSnapshot().hands.join() === cleo.self.id);
});
