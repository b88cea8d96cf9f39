// Socket.IO protocol 5, case by case, spoken raw: connect, disconnect, events, acknowledgements, binary, recovery.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { URL, URL_FAST, URL_RECOVERING, ask, connect, departure, openPolling, openWebSocket, poll } from './helper.js';

async function exchange(...packets) {
  const socket = await connect(URL);
  packets.forEach((packet) => socket.send(packet));
  return socket;
}

async function endsWith(packets, reason) {
  const observer = await connect(URL);
  const socket = await exchange(...packets);
  await socket.closed;
  assert.equal((await departure(observer, socket.id)).reason, reason, String(packets));
  await observer.close();
}

describe('connect', () => {
  it('to the main namespace, with and without auth', async () => {
    for (const [packet, auth] of [
      ['40', '{}'],
      ['40{"token":"123"}', '{"token":"123"}'],
      ['40/,', '{}'],
    ]) {
      const socket = await openWebSocket(URL);
      socket.send(packet);
      assert.match(await socket.next(), /^40\{"sid":"[\w-]{20}"\}$/);
      assert.equal(await socket.next(), `42["auth",${auth}]`);
      await socket.close();
    }
  });

  it('to a custom namespace, with and without auth', async () => {
    for (const [packet, auth] of [
      ['40/custom,', '{}'],
      ['40/custom', '{}'],
      ['40/custom,{"token":"abc"}', '{"token":"abc"}'],
    ]) {
      const socket = await openWebSocket(URL);
      socket.send(packet);
      assert.match(await socket.next(), /^40\/custom,\{"sid":"[\w-]{20}"\}$/);
      assert.equal(await socket.next(), `42/custom,["auth",${auth}]`);
      await socket.close();
    }
  });

  it('gives ids that are not the engine session id', async () => {
    const socket = await openWebSocket(URL);
    socket.send('40');
    const { sid } = JSON.parse((await socket.next()).substring(2));
    assert.notEqual(sid, socket.handshake.sid);
    await socket.close();
  });

  it('refuses an unknown namespace and goes on', async () => {
    const socket = await openWebSocket(URL);
    socket.send('40/random,');
    assert.equal(await socket.next(), '44/random,{"message":"Invalid namespace"}');
    socket.send('40');
    assert.match(await socket.next(), /^40\{/);
    await socket.close();
  });

  it('refuses with data what a middleware refuses', async () => {
    const socket = await openWebSocket(URL);
    socket.send('40/guarded,{"token":"bad"}');
    assert.equal(await socket.next(), '44/guarded,{"message":"not you","data":{"code":42}}');
    socket.send('40/guarded,{"token":"good"}');
    assert.match(await socket.next(), /^40\/guarded,\{/);
    await socket.close();
  });

  it('ends on a malformed handshake, or on a packet before it', async () => {
    for (const bad of ['4', '4abc', '40abc', '40[]', '40"x"', '401{}', '42["message"]', '41', '43[]', '44{}', '47']) {
      const socket = await openWebSocket(URL);
      socket.send(bad);
      assert.equal(await socket.closed, 1007, bad);
    }
  });

  it('ends when it comes twice', async () => {
    await endsWith(['40'], 'parse error');
  });

  it('ends when it does not come in time, on each transport', async () => {
    const socket = await openWebSocket(URL_FAST);
    const sid = await openPolling(URL_FAST);
    let open = true;
    socket.closed.then(() => (open = false));
    while (open) {
      if ((await socket.any().catch(() => '')) === '2') {
        socket.send('3');
      }
    }
    let status;
    do {
      ({ status } = await poll(URL_FAST, sid));
    } while (status === 200);
    assert.equal(status, 400);
  });
});

describe('disconnect', () => {
  it('of the main namespace; the connection stays', async () => {
    const observer = await connect(URL);
    const socket = await exchange('41', '42["message","too late"]', '40');
    assert.match(await socket.next(), /^40\{/);
    const noted = await departure(observer, socket.id);
    assert.equal(noted.reason, 'client namespace disconnect');
    assert.equal(noted.closeCode, 0);
    await Promise.all([socket.close(), observer.close()]);
  });

  it('of a custom namespace; the main one stays', async () => {
    const socket = await exchange('40/custom,');
    await socket.next();
    await socket.next();
    socket.send('41/custom,');
    socket.send('42["message","to the main namespace"]');
    assert.equal(await socket.next(), '42["message-back","to the main namespace"]');
    await socket.close();
  });

  it('by the server: of the namespace, or of the connection', async () => {
    const stays = await exchange('42["drop-me",false]');
    assert.equal(await stays.next(), '41');
    stays.send('40');
    assert.match(await stays.next(), /^40/);
    await stays.close();
    const goes = await exchange('40/custom,');
    await goes.next();
    await goes.next();
    goes.send('42["drop-me",true]');
    assert.deepEqual([await goes.next(), await goes.next()].sort(), ['41', '41/custom,']);
    assert.equal(await goes.closed, 1000);
  });

  it('notes the reason', async () => {
    await endsWith(['1'], 'transport close');
    await endsWith(['41', '9'], 'client namespace disconnect');
    await endsWith(['9'], 'parse error');
    await endsWith(['2'], 'transport error');
    await endsWith([`4${'x'.repeat(250_000)}`], 'transport error');
  });

  it('notes the ping timeout', async () => {
    const observer = await connect(URL_FAST);
    const silent = await connect(URL_FAST);
    const [, noted] = await Promise.all([silent.closed, departure(observer, silent.id)]);
    assert.equal(noted.reason, 'ping timeout');
    await observer.close();
  });
});

describe('events', () => {
  it('with all kinds of arguments', async () => {
    const socket = await exchange('42["message",1,"2",{"3":[true]},null,1.5,"\\u2603"]');
    assert.equal(await socket.next(), '42["message-back",1,"2",{"3":[true]},null,1.5,"☃"]');
    await socket.close();
  });

  it('in a custom namespace', async () => {
    const socket = await exchange('40/custom,', '42["message"]');
    const packets = [await socket.next(), await socket.next(), await socket.next()];
    assert.ok(packets.includes('42["message-back"]'));
    socket.send('42/custom,["message","a"]');
    assert.equal(await socket.next(), '42/custom,["message-back","a"]');
    await socket.close();
  });

  it('with binary', async () => {
    const socket = await exchange(
      '452-["message",{"_placeholder":true,"num":1},{"a":[{"_placeholder":true,"num":0}]}]',
      Buffer.from([1]),
      Buffer.from([2]),
    );
    assert.equal(
      await socket.next(),
      '452-["message-back",{"_placeholder":true,"num":0},{"a":[{"_placeholder":true,"num":1}]}]',
    );
    assert.deepEqual(await socket.next(), Buffer.from([2]));
    assert.deepEqual(await socket.next(), Buffer.from([1]));
    await socket.close();
  });

  it('without listener go to the other listener', async () => {
    const socket = await exchange('427["no-such-event"]');
    assert.equal(await socket.next(), '437["other","no-such-event"]');
    await socket.close();
  });

  it('survive unpaired surrogates', async () => {
    const socket = await exchange('42["message","a\\ud800b"]');
    assert.equal(await socket.next(), '42["message-back","a?b"]');
    await socket.close();
  });

  it('end the connection when malformed', async () => {
    for (const bad of [
      '42', '42{}', '42[]', '42[1]', '42abc["message"]', '42["message"', '42["message"]x', '42["message",{"a":1,"a":2}]',
      '42["connect"]', '42["disconnect"]', '4201["message"]', '421234567890123456["message"]', '42["message",NaN]',
      `42["message",${'['.repeat(32)}${']'.repeat(32)}]`, `42["${'x'.repeat(200)}"]`, `42/${'n'.repeat(200)},["message"]`,
      '42/unknown,["message"]', '43["x"]', '43', '431{}',
    ]) {
      const socket = await exchange(bad);
      assert.equal(await socket.closed, 1007, bad);
    }
  });

  it('end the connection when their attachments are malformed', async () => {
    const bytes = Buffer.from([1]);
    for (const bad of [
      ['45["message"]'], ['450-["message"]'], ['4511-["message"]'], ['45-["message"]'], ['451["message"]'],
      ['451-["message"]', bytes],
      ['451-["message",{"_placeholder":true,"num":1}]', bytes],
      ['451-["message",{"_placeholder":true,"num":-1}]', bytes],
      ['451-["message",{"_placeholder":true,"num":0.5}]', bytes],
      ['451-["message",{"_placeholder":true,"num":"0"}]', bytes],
      ['451-["message",{"_placeholder":true}]', bytes],
      ['451-["message",{"_placeholder":true,"num":0},{"_placeholder":true,"num":0}]', bytes],
      ['451-["message",{"_placeholder":true,"num":0}]', '42["message"]'],
      [bytes],
      ['451-{"_placeholder":true,"num":0}', bytes],
      ['461-[{"_placeholder":true,"num":0}]', bytes],
      ['452-["message",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}]', Buffer.alloc(150_000), Buffer.alloc(150_000)],
    ]) {
      const socket = await exchange(...bad);
      assert.equal(await socket.closed, 1007, bad[0].toString());
    }
  });
});

describe('acknowledgements', () => {
  it('of events, with number 0 and large ones', async () => {
    for (const id of ['0', '456', '999999999999999']) {
      const socket = await exchange(`42${id}["message-with-ack",1,"2",{"3":[false]}]`);
      assert.equal(await socket.next(), `43${id}[1,"2",{"3":[false]}]`);
      await socket.close();
    }
  });

  it('with binary', async () => {
    const socket = await exchange('451-789["message-with-ack",{"_placeholder":true,"num":0}]', Buffer.from([9]));
    assert.equal(await socket.next(), '461-789[{"_placeholder":true,"num":0}]');
    assert.deepEqual(await socket.next(), Buffer.from([9]));
    await socket.close();
  });

  it('from the client, with binary', async () => {
    const socket = await exchange('42["ask-me"]');
    assert.equal(await socket.next(), '451-0["question","how",{"_placeholder":true,"num":0}]');
    assert.deepEqual(await socket.next(), Buffer.from([1, 2, 3]));
    socket.send('461-0["so",{"_placeholder":true,"num":0}]');
    socket.send(Buffer.from([4]));
    assert.equal(await socket.next(), '451-["answered","so",{"_placeholder":true,"num":0}]');
    assert.deepEqual(await socket.next(), Buffer.from([4]));
    await socket.close();
  });

  it('from the client that are late, repeated or unknown change nothing', async () => {
    const socket = await exchange('42["ask-me",50]', '4399["unknown"]');
    await socket.next();
    await socket.next();
    assert.equal(await socket.next(), '42["unanswered","timeout"]');
    socket.send('430["late"]');
    socket.send('430["late"]');
    socket.send('42["message"]');
    assert.equal(await socket.next(), '42["message-back"]');
    await socket.close();
  });
});

describe('recovery', () => {
  async function lost() {
    const socket = await connect(URL_RECOVERING);
    socket.send('42["message","last"]');
    const [, , offset] = JSON.parse((await socket.next()).substring(2));
    socket.ws.terminate();
    await socket.closed;
    return { ...socket, id: socket.id, pid: socket.pid, offset };
  }

  async function resume(auth) {
    const socket = await openWebSocket(URL_RECOVERING);
    socket.send(`40${JSON.stringify(auth)}`);
    return [socket, JSON.parse((await socket.next()).substring(2))];
  }

  it('gives a private id and offsets, and continues with them', async () => {
    const { id, pid, offset } = await lost();
    assert.match(pid, /^[\w-]{20}$/);
    assert.equal(typeof offset, 'string');
    const [socket, answer] = await resume({ pid, offset });
    assert.deepEqual(answer, { sid: id, pid });
    await socket.close();
  });

  it('takes over from a connection whose loss the server has not noticed', async () => {
    const old = await connect(URL_RECOVERING);
    const [socket, answer] = await resume({ pid: old.pid });
    assert.equal(answer.sid, old.id);
    await old.closed;
    const observer = await connect(URL_RECOVERING);
    assert.equal((await departure(observer, old.id)).reason, 'transport close');
    await Promise.all([socket.close(), observer.close()]);
  });

  it('begins anew with a wrong private id, or an offset it does not know', async () => {
    const { id, pid } = await lost();
    const [wrongPid, first] = await resume({ pid: 'x'.repeat(20), offset: '1' });
    assert.notEqual(first.sid, id);
    const [wrongOffset, second] = await resume({ pid, offset: 'zzzz' });
    assert.notEqual(second.sid, id);
    await Promise.all([wrongPid.close(), wrongOffset.close()]);
  });

  it('does not let an event with acknowledgement carry an offset', async () => {
    const socket = await connect(URL_RECOVERING);
    assert.deepEqual(await ask(socket, 'message-with-ack', 'a'), ['a']);
    await socket.close();
  });
});
