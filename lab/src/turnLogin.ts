import { createHash, createHmac, randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';

const ALLOCATE = 0x0003;
const ALLOCATED = 0x0103;
const MAGIC = 0x2112a442;
const HEADER = 20;
const USERNAME = 0x0006;
const MESSAGE_INTEGRITY = 0x0008;
const REALM = 0x0014;
const NONCE = 0x0015;
const REQUESTED_TRANSPORT = 0x0019;
const UDP = Buffer.from([17, 0, 0, 0]);
const ANSWER_MS = 500;

type Attributes = readonly (readonly [type: number, value: Buffer])[];

/**
 * Asks a TURN server on the loopback address for a relay over UDP (RFC 8656, 7.1), with credentials made from the shared secret.
 * A coturn without a database makes one at its first login, and refuses all others at that moment: so this comes first.
 *
 * @returns whether there was one; false when nobody answers yet, too
 */
export async function turnLogin(port: number, secret: string): Promise<boolean> {
    const socket = createSocket('udp4');
    try {
        await new Promise<void>((resolve) => socket.connect(port, '127.0.0.1', resolve));
        return await allocate(socket, secret);
    } finally {
        socket.close();
    }
}

/** The nonce of the refusal is good for this socket alone. */
async function allocate(socket: Socket, secret: string): Promise<boolean> {
    const refused = await ask(socket, message([[REQUESTED_TRANSPORT, UDP]]));
    const realm = refused && attribute(refused, REALM);
    const nonce = refused && attribute(refused, NONCE);
    if (!realm || !nonce) return false;
    const user = `${Math.floor(Date.now() / 1000) + 60}:lab`;
    const password = createHmac('sha1', secret).update(user).digest('base64');
    const key = createHash('md5').update(`${user}:${realm.toString()}:${password}`).digest();
    const attributes: Attributes = [[REQUESTED_TRANSPORT, UDP], [USERNAME, Buffer.from(user)], [REALM, realm], [NONCE, nonce]];
    const answer = await ask(socket, message(attributes, key));
    return answer?.readUInt16BE(0) === ALLOCATED;
}

/** Type 16 | length 16 | magic cookie 32 | transaction 96, then type 16 | length 16 | value of each attribute (RFC 8489, 5 and 14). */
function message(attributes: Attributes, key?: Buffer): Buffer {
    const body = attributes.map(([type, value]) => encoded(type, value));
    const length = body.reduce((sum, { byteLength }) => sum + byteLength, 0) + (key ? 24 : 0);
    const header = Buffer.alloc(8);
    header.writeUInt16BE(ALLOCATE, 0);
    header.writeUInt16BE(length, 2);
    header.writeUInt32BE(MAGIC, 4);
    const plain = Buffer.concat([header, randomBytes(12), ...body]);
    return key ? Buffer.concat([plain, encoded(MESSAGE_INTEGRITY, createHmac('sha1', key).update(plain).digest())]) : plain;
}

function encoded(type: number, value: Buffer): Buffer {
    const whole = Buffer.alloc(4 + Math.ceil(value.length / 4) * 4);
    whole.writeUInt16BE(type, 0);
    whole.writeUInt16BE(value.length, 2);
    value.copy(whole, 4);
    return whole;
}

function attribute(answer: Buffer, wanted: number): Buffer | undefined {
    for (let at = HEADER; at + 4 <= answer.length; ) {
        const length = answer.readUInt16BE(at + 2);
        if (answer.readUInt16BE(at) === wanted) return answer.subarray(at + 4, at + 4 + length);
        at += 4 + Math.ceil(length / 4) * 4;
    }
    return undefined;
}

/** Undefined when nobody answers in time, or nobody is there. */
function ask(socket: Socket, request: Buffer): Promise<Buffer | undefined> {
    return new Promise((resolve) => {
        const end = (answer?: Buffer): void => {
            clearTimeout(timer);
            socket.off('message', end);
            resolve(answer);
        };
        const timer = setTimeout(end, ANSWER_MS);
        socket.once('message', end);
        // Stays: what nobody listens for any more must not end the process.
        socket.on('error', () => end());
        socket.send(request);
    });
}
