// One client misbehaves; another one, on the same server, must not notice.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import tls from 'node:tls';
import { URL, ask, connect, departure, eventually, openPolling, openWebSocket, poll, post, within } from './helper.js';

let good;
let beat;
let slowest = 0;
let running = true;

// The good client asks all the time and notes the longest answer.
before(async () => {
  good = await connect(URL);
  beat = (async () => {
    while (running) {
      const begun = Date.now();
      assert.deepEqual(await ask(good, 'message-with-ack', 'alive'), ['alive']);
      slowest = Math.max(slowest, Date.now() - begun);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  })();
});

after(async () => {
  running = false;
  await beat;
  await good.close();
  // Generous, for a busy machine; a server that stalls would not answer at all until the bad client is gone.
  assert.ok(slowest < 8_000, `the good client waited ${slowest} ms`);
  console.log(`# the good client waited at most ${slowest} ms`);
});

/** Opens a TLS connection and speaks WebSocket by hand, as no library would. */
async function byHand() {
  const { port } = new globalThis.URL(URL);
  const socket = tls.connect({ host: '127.0.0.1', servername: 'localhost', port });
  await within(new Promise((resolve, reject) => socket.once('secureConnect', resolve).once('error', reject)));
  socket.write(
    `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: localhost:${port}\r\nUpgrade: websocket\r\n` +
      'Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n',
  );
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.on('error', () => {});
  await within(new Promise((resolve) => socket.once('data', resolve)));
  return { socket, closed };
}

function frame(firstByte, payload) {
  const length = payload.length < 126 ? [0x80 | payload.length] : [0xfe, payload.length >> 8, payload.length & 255];
  return Buffer.concat([Buffer.from([firstByte, ...length, 0, 0, 0, 0]), payload]);
}

async function ends(connection, what) {
  connection.socket.resume();
  await within(connection.closed, 15_000, `the end of ${what}`);
}

describe('a hostile client is closed, alone', () => {
  it('that floods with events', async () => {
    const observer = await connect(URL);
    const bad = await connect(URL);
    for (let i = 0; i < 2_000; i++) {
      bad.send('42["message"]');
    }
    await within(bad.closed, 15_000);
    assert.equal((await departure(observer, bad.id)).reason, 'forced server close');
    await observer.close();
  });

  it('that floods with pongs of either kind', async () => {
    const engine = await connect(URL);
    for (let i = 0; i < 5_000; i++) {
      engine.send('3');
    }
    assert.equal(await within(engine.closed, 15_000), 1008);
    const frames = await connect(URL);
    for (let i = 0; i < 5_000; i++) {
      frames.ws.pong('x');
    }
    assert.equal(await within(frames.closed, 15_000), 1008);
  });

  it('that floods with WebSocket pings', async () => {
    const bad = await byHand();
    bad.socket.write(Buffer.concat(Array.from({ length: 20_000 }, () => frame(0x89, Buffer.alloc(100)))));
    await ends(bad, 'the ping flood');
  });

  it('that sends a message in fragments of one byte', async () => {
    const bad = await byHand();
    const middle = frame(0x00, Buffer.from('x'));
    bad.socket.write(Buffer.concat([frame(0x01, Buffer.from('4')), ...Array.from({ length: 20_000 }, () => middle)]));
    await ends(bad, 'the fragments');
  });

  it('that declares a huge frame', async () => {
    for (const length of [
      [0xff, 0, 0, 0, 0, 0x7f, 0xff, 0xff, 0xff],
      [0xff, 0, 0, 0, 1, 0, 0, 0, 5],
      [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
      [0xff, 0, 0, 0, 0, 0, 0x10, 0, 0],
    ]) {
      const bad = await byHand();
      bad.socket.write(Buffer.from([0x81, ...length, 0, 0, 0, 0, 0x34, 0x30, 0x31]));
      await ends(bad, `a frame of ${length}`);
    }
  });

  it('that breaks the WebSocket protocol', async () => {
    for (const bytes of [
      [0x81, 0x02, 0x34, 0x30], // not masked
      [0xf1, 0x82, 0, 0, 0, 0, 0x34, 0x30], // reserved bits
      [0x83, 0x80, 0, 0, 0, 0], // unknown opcode
      [0x80, 0x80, 0, 0, 0, 0], // continuation of nothing
      [0x09, 0x80, 0, 0, 0, 0], // fragmented ping
      [0x01, 0x81, 0, 0, 0, 0, 0x34, 0x81, 0x81, 0, 0, 0, 0, 0x34], // text inside a text
      [0x88, 0x81, 0, 0, 0, 0, 0x03], // half a close code
    ]) {
      const bad = await byHand();
      bad.socket.write(Buffer.from(bytes));
      await ends(bad, `the bytes ${bytes}`);
    }
  });

  it('that does not read', async () => {
    const observer = await connect(URL);
    const bad = await connect(URL);
    bad.ws.pause();
    for (let i = 0; i < 5; i++) {
      bad.send('42["flood-me",2000]');
    }
    const noted = await departure(observer, bad.id);
    assert.equal(noted.reason, 'transport error');
    bad.ws.terminate();
    await observer.close();
  });

  it('that polls and does not fetch', async () => {
    const observer = await connect(URL);
    const sid = await openPolling(URL);
    await post(URL, sid, '40');
    const text = (await poll(URL, sid)).text;
    const { sid: id } = JSON.parse(text.split('\x1e')[0].substring(2));
    await post(URL, sid, '42["flood-me",2000]');
    assert.equal((await departure(observer, id)).reason, 'transport error');
    assert.equal((await poll(URL, sid)).status, 400);
    await observer.close();
  });

  it('that sends deep, repeated or endless JSON', async () => {
    for (const bad of [
      `42["message",${'['.repeat(90_000)}`,
      `42["message",${'{"a":'.repeat(30_000)}`,
      `42["message",{${'"a":1,'.repeat(10_000)}"a":1}]`,
      `42["message",${'9'.repeat(100_000)}]`,
      `42["message",1e999999999999]`.repeat(1_000),
      `45${'9'.repeat(100_000)}-["message"]`,
      `42${'9'.repeat(100_000)}["message"]`,
    ]) {
      const socket = await connect(URL);
      socket.send(bad);
      assert.equal(await within(socket.closed, 15_000), 1007, bad.substring(0, 40));
    }
  });

  it('that sends garbage instead of HTTP, or dribbles it', async () => {
    const { port } = new globalThis.URL(URL);
    const garbage = [];
    for (let i = 0; i < 10; i++) {
      const socket = tls.connect({ host: '127.0.0.1', servername: 'localhost', port });
      socket.on('error', () => {});
      await new Promise((resolve) => socket.once('secureConnect', resolve));
      socket.write(i % 2 === 0 ? 'GET /socket.io/?EIO=4&tran' : Buffer.from([0, 1, 2, 0xff, 13, 10, 13, 10]));
      garbage.push(socket);
    }
    const observer = await connect(URL);
    assert.deepEqual(await ask(observer, 'message-with-ack', 'fine'), ['fine']);
    await observer.close();
    garbage.forEach((socket) => socket.destroy());
  });

  it('that opens and drops connections as fast as it can', async () => {
    for (let round = 0; round < 5; round++) {
      const sockets = await Promise.all(Array.from({ length: 20 }, () => openWebSocket(URL)));
      sockets.forEach((socket, i) => {
        socket.send(i % 2 === 0 ? '40' : '42["x"]');
        socket.ws.terminate();
      });
      await Promise.all(sockets.map((socket) => socket.closed));
    }
    const observer = await connect(URL);
    await eventually(async () => (await ask(observer, 'connections'))[0] < 60, 'the end of the dropped');
    await observer.close();
  });
});
