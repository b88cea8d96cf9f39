// Engine.IO protocol 4, case by case, spoken raw: handshake, messages, heartbeat, close, upgrade.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  RawSocket,
  SEPARATOR,
  URL,
  URL_FAST,
  eventually,
  http,
  openPolling,
  openWebSocket,
  poll,
  post,
  request,
  ws,
} from './helper.js';

async function refusal(url, options) {
  const response = await fetch(url, options);
  return { status: response.status, ...JSON.parse(await response.text()) };
}

async function isRefused(url, options) {
  const socket = new RawSocket(url, { servername: 'localhost', ...options });
  let opened = false;
  socket.ws.on('open', () => (opened = true));
  await socket.closed;
  return !opened;
}

describe('handshake by polling', () => {
  it('opens a session and announces it', async () => {
    const response = await fetch(http(URL_FAST));
    assert.equal(response.status, 200);
    assert.match(response.headers.get('content-type'), /^text\/plain; *charset=utf-8$/i);
    const text = await response.text();
    assert.equal(text[0], '0');
    const { sid, ...rest } = JSON.parse(text.substring(1));
    assert.match(sid, /^[\w-]{20}$/);
    assert.deepEqual(rest, { upgrades: ['websocket'], pingInterval: 300, pingTimeout: 700, maxPayload: 1000000 });
  });

  it('gives every session an id of its own', async () => {
    assert.notEqual(await openPolling(URL), await openPolling(URL));
  });

  it('refuses a missing or other protocol version', async () => {
    const wrong = { status: 400, code: 5, message: 'Unsupported protocol version' };
    const path = `${URL}/socket.io/?transport=polling`;
    assert.deepEqual(await refusal(path), wrong);
    assert.deepEqual(await refusal(`${path}&EIO=3`), wrong);
    assert.deepEqual(await refusal(`${path}&EIO=abc`), wrong);
  });

  it('refuses a missing or unknown transport', async () => {
    const wrong = { status: 400, code: 0, message: 'Transport unknown' };
    assert.deepEqual(await refusal(`${URL}/socket.io/?EIO=4`), wrong);
    assert.deepEqual(await refusal(`${URL}/socket.io/?EIO=4&transport=abc`), wrong);
  });

  it('refuses other methods', async () => {
    const wrong = { status: 400, code: 2, message: 'Bad handshake method' };
    for (const method of ['POST', 'PUT', 'DELETE']) {
      assert.deepEqual(await refusal(http(URL), { method }), wrong);
    }
  });

  it('refuses an unknown session', async () => {
    const wrong = { status: 400, code: 1, message: 'Session ID unknown' };
    assert.deepEqual(await refusal(http(URL, '&sid=abcdefghijklmnopqrst')), wrong);
    assert.deepEqual(await refusal(http(URL, '&sid=')), wrong);
  });

  it('refuses parameters given twice, and other methods on a session', async () => {
    const wrong = { status: 400, code: 3, message: 'Bad request' };
    assert.deepEqual(await refusal(http(URL, '&EIO=4')), wrong);
    const sid = await openPolling(URL);
    assert.deepEqual(await refusal(http(URL, `&sid=${sid}`), { method: 'PUT' }), wrong);
  });

  it('refuses a WebSocket handshake that asks for no upgrade', async () => {
    const path = `${URL}/socket.io/?EIO=4&transport=websocket`;
    assert.deepEqual(await refusal(path), { status: 400, code: 3, message: 'Bad request' });
  });

  it('answers on its path only', async () => {
    assert.equal((await fetch(`${URL}/elsewhere/?EIO=4&transport=polling`)).status, 404);
    assert.equal((await fetch(`${URL}/socket.io?EIO=4&transport=polling`)).status, 200);
  });
});

describe('handshake by WebSocket', () => {
  it('opens a session and announces it, with no upgrades', async () => {
    const socket = await openWebSocket(URL_FAST);
    const { sid, ...rest } = socket.handshake;
    assert.match(sid, /^[\w-]{20}$/);
    assert.deepEqual(rest, { upgrades: [], pingInterval: 300, pingTimeout: 700, maxPayload: 1000000 });
    await socket.close();
  });

  it('refuses a missing or other version, transport or session', async () => {
    const base = `${URL.replace('https', 'wss')}/socket.io/`;
    for (const query of [
      '?transport=websocket',
      '?EIO=abc&transport=websocket',
      '?EIO=4',
      '?EIO=4&transport=abc',
      '?EIO=4&transport=polling',
      '?EIO=4&transport=websocket&sid=abcdefghijklmnopqrst',
    ]) {
      assert.ok(await isRefused(base + query), query);
    }
  });

  it('negotiates no compression', async () => {
    const socket = await openWebSocket(URL, { perMessageDeflate: true });
    assert.equal(socket.ws.extensions, '');
    await socket.close();
  });
});

describe('messages by polling', () => {
  async function joined() {
    const sid = await openPolling(URL);
    assert.deepEqual(await post(URL, sid, '40'), { status: 200, text: 'ok' });
    let text = '';
    await eventually(async () => (text += (await poll(URL, sid)).text).includes('["auth",'));
    return sid;
  }

  it('carries packets in one payload, both ways', async () => {
    const sid = await joined();
    const payload = ['42["message","a"]', '42["message","ü"]'].join(SEPARATOR);
    assert.deepEqual(await post(URL, sid, payload), { status: 200, text: 'ok' });
    let text = '';
    await eventually(async () => (text += SEPARATOR + (await poll(URL, sid)).text).includes('"ü"'));
    assert.deepEqual(text.split(SEPARATOR).filter(Boolean), ['42["message-back","a"]', '42["message-back","ü"]']);
  });

  it('carries binary as base64', async () => {
    const sid = await joined();
    const payload = ['451-["message",{"_placeholder":true,"num":0}]', 'bAQIDBA=='].join(SEPARATOR);
    await post(URL, sid, payload);
    assert.deepEqual((await poll(URL, sid)).text.split(SEPARATOR), [
      '451-["message-back",{"_placeholder":true,"num":0}]',
      'bAQIDBA==',
    ]);
  });

  it('ends the session on a malformed payload', async () => {
    for (const bad of ['abc', '', `4${SEPARATOR}`, 'b***', '9', Buffer.from([0x34, 0xff])]) {
      const sid = await openPolling(URL);
      assert.equal((await post(URL, sid, bad)).status, 400, String(bad));
      assert.equal((await poll(URL, sid)).status, 400);
    }
  });

  it('refuses a payload beyond maxPayload with 413 and ends the session', async () => {
    const sid = await openPolling(URL);
    assert.equal((await post(URL, sid, '4'.repeat(200_001))).status, 413);
    assert.equal((await poll(URL, sid)).status, 400);
    const chunked = await openPolling(URL);
    const body = new ReadableStream({
      start(controller) {
        for (let i = 0; i < 5; i++) {
          controller.enqueue(new Uint8Array(50_000).fill(52));
        }
        controller.close();
      },
    });
    const status = await fetch(http(URL, `&sid=${chunked}`), { method: 'POST', body, duplex: 'half' }).then(
      (response) => response.status,
      () => 413, // broken off
    );
    assert.equal(status, 413);
    assert.equal((await poll(URL, chunked)).status, 400);
  });

  it('ends the session on two polls at once', async () => {
    const sid = await openPolling(URL);
    const [first, second] = await Promise.all([
      poll(URL, sid),
      new Promise((resolve) => setTimeout(resolve, 1_000)).then(() => poll(URL, sid)),
    ]);
    assert.deepEqual(first, { status: 200, text: '1' });
    assert.equal(second.status, 400);
    assert.equal((await poll(URL, sid)).status, 400);
  });

  it('ends the session on two posts at once', async () => {
    const sid = await openPolling(URL);
    let more;
    const slow = fetch(http(URL, `&sid=${sid}`), {
      method: 'POST',
      duplex: 'half',
      body: new ReadableStream({
        start(controller) {
          controller.enqueue(Buffer.from('42'));
          more = controller;
        },
      }),
    }).then(
      (response) => response.status,
      () => 400,
    );
    await new Promise((resolve) => setTimeout(resolve, 200));
    assert.equal((await post(URL, sid, '40')).status, 400);
    assert.equal((await poll(URL, sid)).status, 400);
    try {
      more.close();
    } catch {
      // broken off already
    }
    assert.equal(await slow, 400);
  });

  it('ends the session when a poll is cancelled and another follows', async () => {
    // A poll that is cancelled before it has reached the server never was: on a slow machine that takes longer.
    let status;
    for (const wait of [200, 2_000]) {
      status = await statusAfterCancelledPoll(wait);
      if (status === 400) break;
    }
    assert.equal(status, 400);
  });

  async function statusAfterCancelledPoll(wait) {
    const sid = await openPolling(URL);
    const controller = new AbortController();
    const cancelled = poll(URL, sid, { signal: controller.signal }).catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, wait));
    controller.abort();
    await cancelled;
    return (await poll(URL, sid)).status;
  }
});

describe('messages by WebSocket', () => {
  it('carries text and binary', async () => {
    const socket = await openWebSocket(URL);
    socket.send('40');
    await socket.next();
    await socket.next();
    socket.send('451-["message",{"_placeholder":true,"num":0}]');
    socket.send(Buffer.from([1, 2, 3, 4]));
    assert.equal(await socket.next(), '451-["message-back",{"_placeholder":true,"num":0}]');
    assert.deepEqual(await socket.next(), Buffer.from([1, 2, 3, 4]));
    await socket.close();
  });

  it('ends on an unknown packet, an empty one, and text that is not UTF-8', async () => {
    for (const bad of ['abc', '', '9', '0', '5']) {
      const socket = await openWebSocket(URL);
      socket.send(bad);
      assert.equal(await socket.closed, 1007, bad);
    }
    const socket = await openWebSocket(URL);
    socket.ws._sender.sendFrame([Buffer.from([0x81, 0x82, 0, 0, 0, 0, 0x34, 0xff])], () => {});
    assert.equal(await socket.closed, 1007);
  });

  it('ends with 1009 beyond maxPayload, in one frame or in fragments', async () => {
    const whole = await openWebSocket(URL);
    whole.send('4'.repeat(200_001));
    assert.equal(await whole.closed, 1009);
    const fragments = await openWebSocket(URL);
    for (let i = 0; i < 5; i++) {
      fragments.ws.send('4'.repeat(50_000), { fin: false });
    }
    assert.equal(await fragments.closed, 1009);
  });

  it('answers WebSocket pings, once each', async () => {
    const socket = await openWebSocket(URL);
    const pongs = [];
    socket.ws.on('pong', (data) => pongs.push(data.toString()));
    socket.ws.ping('hello');
    await eventually(() => pongs.length > 0);
    socket.ws.ping('again');
    await eventually(() => pongs.length > 1);
    assert.deepEqual(pongs, ['hello', 'again']);
    await socket.close();
  });
});

describe('heartbeat', () => {
  it('pings by polling, and ends the session without answer', async () => {
    const sid = await openPolling(URL_FAST);
    await post(URL_FAST, sid, '40');
    let text = '';
    await eventually(async () => (text += (await poll(URL_FAST, sid)).text).includes('["auth",'));
    for (let i = 0; i < 3; i++) {
      assert.deepEqual(await poll(URL_FAST, sid), { status: 200, text: '2' });
      await post(URL_FAST, sid, '3');
    }
    assert.deepEqual(await poll(URL_FAST, sid), { status: 200, text: '2' });
    assert.deepEqual(await poll(URL_FAST, sid), { status: 200, text: '1' });
    assert.equal((await poll(URL_FAST, sid)).status, 400);
  });

  it('pings by WebSocket, and closes without answer', async () => {
    const socket = await openWebSocket(URL_FAST);
    socket.send('40');
    await socket.any();
    await socket.any();
    for (let i = 0; i < 3; i++) {
      assert.equal(await socket.any(), '2');
      socket.send('3');
    }
    assert.equal(await socket.any(), '2');
    await socket.closed;
  });

  it('ends on a ping from the client: that is the wrong direction', async () => {
    const socket = await openWebSocket(URL);
    socket.send('2');
    assert.equal(await socket.closed, 1002);
  });
});

describe('close', () => {
  it('by polling: the waiting poll ends, the session is unknown', async () => {
    const sid = await openPolling(URL);
    const [waiting, closing] = await Promise.all([
      poll(URL, sid),
      new Promise((resolve) => setTimeout(resolve, 1_000)).then(() => post(URL, sid, '1')),
    ]);
    assert.deepEqual(waiting, { status: 200, text: '6' });
    assert.deepEqual(closing, { status: 200, text: 'ok' });
    assert.equal((await poll(URL, sid)).status, 400);
  });

  it('by WebSocket', async () => {
    const socket = await openWebSocket(URL);
    socket.send('1');
    assert.equal(await socket.closed, 1000);
  });
});

describe('upgrade', () => {
  async function probe(base) {
    const sid = await openPolling(base);
    const socket = await RawSocket.open(ws(base, `&sid=${sid}`));
    socket.send('2probe');
    assert.equal(await socket.any(), '3probe');
    return { sid, socket };
  }

  it('takes a session over, with what was queued', async () => {
    const { sid, socket } = await probe(URL);
    await post(URL, sid, '40');
    socket.send('5');
    assert.match(await socket.next(), /^40\{"sid":/);
    await socket.next();
    socket.send('42["message","upgraded"]');
    assert.equal(await socket.next(), '42["message-back","upgraded"]');
    await socket.close();
  });

  it('lets a waiting poll go', async () => {
    const sid = await openPolling(URL);
    const waiting = poll(URL, sid);
    await new Promise((resolve) => setTimeout(resolve, 100));
    const socket = await RawSocket.open(ws(URL, `&sid=${sid}`));
    socket.send('2probe');
    assert.equal(await socket.any(), '3probe');
    assert.deepEqual(await waiting, { status: 200, text: '6' });
    await socket.close();
  });

  it('ignores polling requests of the session afterwards', async () => {
    const { sid, socket } = await probe(URL);
    socket.send('5');
    socket.send('40');
    await socket.next();
    await socket.next();
    assert.equal((await poll(URL, sid)).status, 400);
    assert.equal((await post(URL, sid, '1')).status, 400);
    socket.send('42["message","unharmed"]');
    assert.equal(await socket.next(), '42["message-back","unharmed"]');
    await socket.close();
  });

  it('closes a second WebSocket of the session', async () => {
    const { sid, socket } = await probe(URL);
    const duringProbe = await RawSocket.open(ws(URL, `&sid=${sid}`));
    await duringProbe.closed;
    socket.send('5');
    const later = await RawSocket.open(ws(URL, `&sid=${sid}`));
    await later.closed;
    socket.send('40');
    assert.match(await socket.next(), /^40/);
    await socket.close();
  });

  it('closes a probe that does not upgrade in time, or says something else; polling goes on', async () => {
    const late = await probe(URL_FAST);
    await late.socket.closed;
    const sid = await openPolling(URL);
    for (const bad of ['5', '4hello', '2', 'x', Buffer.from([1])]) {
      const socket = await RawSocket.open(ws(URL, `&sid=${sid}`));
      socket.send(bad);
      await socket.closed;
    }
    assert.equal((await post(URL, sid, '40')).status, 200);
    assert.match((await poll(URL, sid)).text, /^40/);
  });
});

describe('origin and host', () => {
  const forbidden = { status: 403, body: { code: 4, message: 'Forbidden' } };
  const host = new globalThis.URL(URL).host;

  async function status(headers, options) {
    const { status, text } = await request(http(URL), { headers, ...options });
    return status === 200 ? 200 : { status, body: JSON.parse(text) };
  }

  it('lets in no origin, its own origin, and an allowed one', async () => {
    assert.equal(await status({}), 200);
    assert.equal(await status({ Origin: `https://${host}` }), 200);
    const friend = await request(http(URL), { headers: { Origin: 'https://friend.example' } });
    assert.equal(friend.status, 200);
    assert.equal(friend.headers['access-control-allow-origin'], 'https://friend.example');
    const preflight = await request(http(URL), { method: 'OPTIONS', headers: { Origin: 'https://friend.example' } });
    assert.equal(preflight.status, 204);
  });

  it('refuses foreign and null origins and unknown hosts at polling', async () => {
    for (const origin of ['https://evil.example', 'null', '', `http://${host}`, `https://${host}.evil.example`, 'https://localhost']) {
      assert.deepEqual(await status({ Origin: origin }), forbidden, origin);
      const { headers } = await request(http(URL), { headers: { Origin: origin } });
      assert.equal(headers['access-control-allow-origin'], undefined);
    }
    for (const wrong of ['evil.example', '127.0.0.1', 'evil.example:443']) {
      assert.deepEqual(await status({ Host: wrong }), forbidden, wrong);
    }
  });

  it('refuses them at the POST and GET of a session, at upgrade and at WebSocket', async () => {
    const sid = await openPolling(URL);
    for (const method of ['GET', 'POST']) {
      const { status } = await request(http(URL, `&sid=${sid}`), { method, headers: { Origin: 'https://evil.example' }, body: method === 'POST' ? '40' : undefined });
      assert.equal(status, 403);
    }
    for (const query of ['', `&sid=${sid}`]) {
      assert.ok(await isRefused(ws(URL, query), { headers: { Origin: 'https://evil.example' } }));
      assert.ok(await isRefused(ws(URL, query), { headers: { Origin: 'null' } }));
      assert.ok(await isRefused(ws(URL, query), { headers: { Host: 'evil.example' } }));
    }
    const friend = await openWebSocket(URL, { headers: { Origin: 'https://friend.example' } });
    await friend.close();
    assert.equal((await post(URL, sid, '40')).status, 200);
  });
});
