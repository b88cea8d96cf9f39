// The real socket.io-client, on each transport.
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { io } from 'socket.io-client';
import { URL, URL_FAST, URL_RECOVERING, connect, departure, eventually, within } from './helper.js';

const open = [];

function client(base, path = '/', options = {}) {
  const socket = io(base + path, { forceNew: true, reconnection: false, ...options });
  open.push(socket);
  return socket;
}

function event(socket, name, ms) {
  return within(new Promise((resolve) => socket.once(name, (...args) => resolve(args))), ms, `the event ${name}`);
}

async function connected(...args) {
  const socket = client(...args);
  await within(
    new Promise((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    }),
    10_000,
    'connecting',
  );
  return socket;
}

/** All arguments of an acknowledgement; emitWithAck gives the first only. */
function all(socket, name, ...args) {
  return within(new Promise((resolve) => socket.emit(name, ...args, (...answer) => resolve(answer))));
}

after(() => open.forEach((socket) => socket.disconnect()));

const transports = {
  polling: { transports: ['polling'] },
  websocket: { transports: ['websocket'] },
  upgrade: { transports: ['polling', 'websocket'] },
};

for (const [name, options] of Object.entries(transports)) {
  describe(`socket.io-client by ${name}`, () => {
    it('connects with auth and gets events with every kind of argument back', async () => {
      const socket = client(URL, '/', { ...options, auth: { token: 'ä\u{1f600}' } });
      const [auth] = await event(socket, 'auth');
      assert.deepEqual(auth, { token: 'ä\u{1f600}' });
      const args = [1, 2.5, 'zwei ☃', null, true, { deep: [{ er: [] }] }, [[]], ''];
      socket.emit('message', ...args);
      assert.deepEqual(await event(socket, 'message-back'), args);
    });

    it('carries binary both ways, nested and several at once', async () => {
      const socket = await connected(URL, '/', options);
      const bytes = Buffer.from(Array.from({ length: 256 }, (_, i) => i));
      socket.emit('message', { a: bytes, b: [Buffer.from([1]), Buffer.alloc(0)] }, bytes);
      const [object, plain] = await event(socket, 'message-back');
      assert.deepEqual(Buffer.from(object.a), bytes);
      assert.deepEqual(Buffer.from(object.b[0]), Buffer.from([1]));
      assert.equal(object.b[1].byteLength, 0);
      assert.deepEqual(Buffer.from(plain), bytes);
    });

    it('acknowledges events, with binary too', async () => {
      const socket = await connected(URL, '/', options);
      const answer = await within(socket.emitWithAck('message-with-ack', { b: Buffer.from([7, 8]) }));
      assert.deepEqual(Buffer.from(answer.b), Buffer.from([7, 8]));
    });

    it('lets the client wait for an acknowledgement in vain', async () => {
      const socket = await connected(URL, '/', options);
      await assert.rejects(socket.timeout(200).emitWithAck('throw'), /timed out/);
      assert.equal(await within(socket.emitWithAck('message-with-ack', 'still here')), 'still here');
    });

    it('acknowledges events of the server, with binary both ways', async () => {
      const socket = await connected(URL, '/', options);
      socket.on('question', (how, bytes, ack) => ack(how, Buffer.from(bytes).reverse()));
      socket.emit('ask-me');
      const [how, bytes] = await event(socket, 'answered');
      assert.equal(how, 'how');
      assert.deepEqual(Buffer.from(bytes), Buffer.from([3, 2, 1]));
    });

    it('tells the server when the client does not acknowledge', async () => {
      const socket = await connected(URL, '/', options);
      socket.on('question', () => {});
      socket.emit('ask-me', 100);
      assert.deepEqual(await event(socket, 'unanswered'), ['timeout']);
    });

    it('joins namespaces over one connection, and leaves one', async () => {
      const main = await connected(URL, '/', options);
      const custom = main.io.socket('/custom', {});
      await event(custom, 'connect');
      custom.emit('message', 'there');
      assert.deepEqual(await event(custom, 'message-back'), ['there']);
      const id = custom.id;
      custom.disconnect();
      const observer = await connect(URL);
      observer.send('40/custom,');
      await observer.next();
      assert.equal((await departure(observer, id)).reason, 'client namespace disconnect');
      main.emit('message', 'here');
      assert.deepEqual(await event(main, 'message-back'), ['here']);
      await observer.close();
    });

    it('refuses with data what a middleware refuses, and an unknown namespace', async () => {
      const refused = client(URL, '/guarded', options);
      const [error] = await event(refused, 'connect_error');
      assert.equal(error.message, 'not you');
      assert.deepEqual(error.data, { code: 42 });
      const broken = client(URL, '/guarded', { ...options, auth: { token: 'broken' } });
      assert.match((await event(broken, 'connect_error'))[0].message, /failed to check/);
      await connected(URL, '/guarded', { ...options, auth: { token: 'good' } });
      const unknown = client(URL, '/nowhere', options);
      assert.equal((await event(unknown, 'connect_error'))[0].message, 'Invalid namespace');
    });

    it('broadcasts to rooms, without some, and to the others', async () => {
      const [a, b, c] = await Promise.all([1, 2, 3].map(() => connected(URL, '/', options)));
      const heard = { a: [], b: [], c: [] };
      a.on('said', (text) => heard.a.push(text));
      b.on('said', (text) => heard.b.push(text));
      c.on('said', (text) => heard.c.push(text));
      const room = `room-${name}`;
      await Promise.all([a, b].map((s) => s.emitWithAck('join', room)));
      c.emit('say', room, 'to the room', []);
      c.emit('say', room, 'not to a', [a.id]);
      c.emit('say', c.id, 'to myself', []);
      await c.emitWithAck('message-with-ack', 'all said');
      await b.emitWithAck('leave', room);
      c.emit('say', room, 'only a is left', []);
      await eventually(() => heard.a.length === 2 && heard.b.length === 2 && heard.c.length === 1);
      assert.deepEqual(heard, {
        a: ['to the room', 'only a is left'],
        b: ['to the room', 'not to a'],
        c: ['to myself'],
      });
    });

    it('carries 60 kB and more, both ways, without delay', async () => {
      const socket = await connected(URL, '/', options);
      const begun = Date.now();
      const text = 'é'.repeat(30_000);
      assert.equal(await within(socket.emitWithAck('message-with-ack', text)), text);
      socket.emit('large', 1_500_000);
      assert.equal((await event(socket, 'large'))[0].length, 1_500_000);
      assert.ok(Date.now() - begun < 8_000, `took ${Date.now() - begun} ms`);
    });

    it('is disconnected by the server, from the namespace or altogether', async () => {
      for (const close of [false, true]) {
        const socket = await connected(URL, '/', options);
        const { id } = socket;
        socket.emit('drop-me', close);
        assert.equal((await event(socket, 'disconnect'))[0], 'io server disconnect');
        const observer = await connect(URL);
        assert.equal((await departure(observer, id)).reason, 'server namespace disconnect');
        await observer.close();
      }
    });

    it('keeps the order of many events', async () => {
      const socket = await connected(URL, '/', options);
      const received = [];
      socket.on('message-back', (i) => received.push(i));
      for (let i = 0; i < 150; i++) {
        socket.emit('message', i);
      }
      await eventually(() => received.length === 150);
      assert.deepEqual(
        received,
        Array.from({ length: 150 }, (_, i) => i),
      );
    });

    it('answers heartbeats and stays', async () => {
      const socket = await connected(URL_FAST, '/', options);
      let pings = 0;
      socket.io.on('ping', () => pings++);
      await eventually(() => pings >= 4, 'the fourth ping');
      assert.ok(socket.connected);
    });
  });
}

describe('socket.io-client', () => {
  it('upgrades while messages flow, without losing or reordering one', async () => {
    for (let round = 0; round < 5; round++) {
      const socket = client(URL, '/', transports.upgrade);
      const received = [];
      socket.on('message-back', (i) => received.push(i));
      let upgraded = false;
      socket.io.engine?.once('upgrade', () => (upgraded = true));
      socket.io.on('open', () => socket.io.engine.once('upgrade', () => (upgraded = true)));
      await event(socket, 'connect');
      let sent = 0;
      while (!upgraded || sent < 40) {
        socket.emit('message', sent++);
        await new Promise((resolve) => setTimeout(resolve, 2));
        assert.ok(sent < 390, 'did not upgrade');
      }
      await eventually(() => received.length === sent, 'the echo of all');
      assert.deepEqual(
        received,
        Array.from({ length: sent }, (_, i) => i),
      );
      const [, , , transport] = await all(socket, 'who-am-i');
      assert.equal(transport, 'websocket');
      socket.disconnect();
    }
  });

  it('sees the end of the transport, and the server the reason and close code', async () => {
    const observer = await connect(URL);
    const gone = await connected(URL, '/', transports.websocket);
    const { id } = gone;
    gone.io.engine.transport.ws.close(1001);
    const noted = await departure(observer, id);
    assert.equal(noted.reason, 'transport close');
    assert.equal(noted.closeCode, 1001);
    assert.equal(noted.goingAway, true);

    const killed = await connected(URL, '/', transports.websocket);
    const killedId = killed.id;
    killed.io.engine.transport.ws._socket?.destroy() ?? killed.io.engine.transport.ws.terminate();
    const end = await departure(observer, killedId);
    assert.equal(end.reason, 'transport close');
    assert.equal(end.closeCode, 1006);
    assert.equal(end.goingAway, false);
    await observer.close();
  });

  it('recovers a lost connection: same id, rooms, attachment, and what it missed', async () => {
    for (const options of [transports.websocket, transports.polling]) {
      const socket = client(URL_RECOVERING, '/', { ...options, reconnection: true, reconnectionDelay: 400, reconnectionDelayMax: 500 });
      const heard = [];
      socket.on('said', (text) => heard.push(text));
      await event(socket, 'connect');
      assert.equal(socket.recovered, false);
      const { id } = socket;
      await socket.emitWithAck('join', 'kept');
      socket.emit('attach', 'mine');
      const other = await connected(URL_RECOVERING, '/', transports.websocket);
      other.emit('say', 'kept', 'one', []);
      await eventually(() => heard.length === 1);
      const back = event(socket, 'connect');
      socket.io.engine.close();
      other.emit('say', 'kept', 'two', []);
      other.emit('say', 'elsewhere', 'not for it', []);
      other.emit('say', 'kept', 'three', []);
      await back;
      assert.equal(socket.recovered, true);
      assert.equal(socket.id, id);
      await eventually(() => heard.length === 3, 'the missed events');
      other.emit('say', 'kept', 'four', []);
      await eventually(() => heard.length === 4);
      assert.deepEqual(heard, ['one', 'two', 'three', 'four']);
      const [sameId, recovered, attachment] = await all(socket, 'who-am-i');
      assert.deepEqual([sameId, recovered, attachment], [id, true, 'mine']);
      socket.disconnect();
      other.disconnect();
    }
  });

  it('does not recover what it left on purpose', async () => {
    const socket = await connected(URL_RECOVERING, '/', transports.websocket);
    const { id } = socket;
    socket.disconnect();
    const back = event(socket, 'connect');
    socket.connect();
    await back;
    assert.equal(socket.recovered, false);
    assert.notEqual(socket.id, id);
  });
});
