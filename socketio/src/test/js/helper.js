// Raw Engine.IO over fetch and ws, without any client library.
import { once } from 'node:events';
import https from 'node:https';
import WebSocket from 'ws';

export const URL = process.env.URL;
export const URL_FAST = process.env.URL_FAST;
export const URL_RECOVERING = process.env.URL_RECOVERING;

export const SEPARATOR = '\x1e';

export function http(base, query = '') {
  return `${base}/socket.io/?EIO=4&transport=polling${query}`;
}

export function ws(base, query = '') {
  return `${base.replace('https', 'wss')}/socket.io/?EIO=4&transport=websocket${query}`;
}

/** Waits until the condition holds; fails after ten seconds. */
export async function eventually(condition, what = 'condition') {
  const deadline = Date.now() + 10_000;
  for (;;) {
    if (await condition()) {
      return;
    }
    if (Date.now() > deadline) {
      throw new Error(`${what} did not come true in time`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export function within(promise, ms = 10_000, what = 'it') {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} did not happen within ${ms} ms`)), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** A WebSocket whose messages are read one after the other. */
export class RawSocket {
  constructor(url, options = {}) {
    this.ws = new WebSocket(url, { perMessageDeflate: false, ...options });
    this.messages = [];
    this.waiting = [];
    this.closed = new Promise((resolve) => {
      this.ws.on('close', (code) => {
        this.closeCode = code;
        resolve(code);
        this.waiting.splice(0).forEach(({ reject }) => reject(new Error(`closed with ${code}`)));
      });
    });
    this.ws.on('error', () => {});
    this.ws.on('message', (data, binary) => {
      const message = binary ? data : data.toString();
      const next = this.waiting.shift();
      if (next) {
        next.resolve(message);
      } else {
        this.messages.push(message);
      }
    });
  }

  static async open(url, options) {
    const socket = new RawSocket(url, options);
    await within(
      Promise.race([
        once(socket.ws, 'open'),
        socket.closed.then(() => {
          throw new Error('refused');
        }),
      ]),
      10_000,
      'opening',
    );
    return socket;
  }

  send(data) {
    this.ws.send(data);
  }

  /** The next message, whatever it is. */
  any() {
    if (this.messages.length > 0) {
      return Promise.resolve(this.messages.shift());
    }
    return within(new Promise((resolve, reject) => this.waiting.push({ resolve, reject })), 10_000, 'a message');
  }

  /** The next message that is not a ping; pings are answered. */
  async next() {
    for (;;) {
      const message = await this.any();
      if (message !== '2') {
        return message;
      }
      this.send('3');
    }
  }

  close(code = 1000) {
    this.ws.close(code);
    return within(this.closed, 10_000, 'closing');
  }
}

/** Opens an Engine.IO session on a WebSocket; the handshake is in `handshake`. */
export async function openWebSocket(base, options) {
  const socket = await RawSocket.open(ws(base), options);
  socket.handshake = JSON.parse((await socket.any()).substring(1));
  return socket;
}

/** Opens an Engine.IO session on a WebSocket and joins the main namespace; `id` is the Socket.IO id. */
export async function connect(base, auth) {
  const socket = await openWebSocket(base);
  socket.send(auth === undefined ? '40' : `40${JSON.stringify(auth)}`);
  const answer = JSON.parse((await socket.next()).substring(2));
  Object.assign(socket, { id: answer.sid, pid: answer.pid });
  await socket.next(); // the "auth" event
  return socket;
}

export async function openPolling(base, options) {
  const response = await fetch(http(base), options);
  const text = await response.text();
  if (response.status !== 200) {
    throw new Error(`${response.status} ${text}`);
  }
  return JSON.parse(text.substring(1)).sid;
}

export async function poll(base, sid, options) {
  const response = await fetch(http(base, `&sid=${sid}`), options);
  return { status: response.status, text: await response.text() };
}

export async function post(base, sid, body) {
  const response = await fetch(http(base, `&sid=${sid}`), { method: 'POST', body });
  return { status: response.status, text: await response.text() };
}

/** A request with any header at all, which fetch would not send. */
export function request(url, { method = 'GET', headers = {}, body } = {}) {
  return new Promise((resolve, reject) => {
    const req = https.request(url, { method, headers, agent: false, servername: 'localhost' }, (res) => {
      const chunks = [];
      res.on('data', (chunk) => chunks.push(chunk));
      res.on('end', () => resolve({ status: res.statusCode, headers: res.headers, text: Buffer.concat(chunks).toString() }));
    });
    req.on('error', reject);
    req.end(body);
  });
}

/** Asks a connected raw socket's server something by acknowledgement. */
export async function ask(socket, event, ...args) {
  socket.ackId = (socket.ackId ?? 0) + 1;
  const id = socket.ackId;
  socket.send(`42${id}${JSON.stringify([event, ...args])}`);
  for (;;) {
    const message = await socket.next();
    if (typeof message === 'string' && message.startsWith(`43${id}[`)) {
      return JSON.parse(message.substring(message.indexOf('[')));
    }
  }
}

/** What the server has noted of the end of a socket. */
export async function departure(observer, id) {
  let found;
  await eventually(async () => {
    [found] = await ask(observer, 'departure', id);
    return found.reason !== undefined;
  }, `the departure of ${id}`);
  return found;
}
