import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';

/** A key and a salt for one direction, before the packets' own are derived from them. */
export interface Master {
    readonly key: Buffer;
    readonly salt: Buffer;
}

/** The secrets of a DTLS 1.2 handshake. */
export interface Handshake {
    readonly clientRandom: Buffer;
    readonly serverRandom: Buffer;
    readonly masterSecret: Buffer;
    /** Of the cipher suite. */
    readonly hash: 'sha256' | 'sha384';
    /** Bytes of the SRTP protection profile's key: 16 or 32. */
    readonly keyLength: number;
}

const SALT_LENGTH = 12;
const TAG_LENGTH = 16;

/** The masters of both directions, from a DTLS handshake (RFC 5764, section 4.2; RFC 7714, section 12). */
export function masters({ clientRandom, serverRandom, masterSecret, hash, keyLength }: Handshake): { client: Master; server: Master } {
    const seed = Buffer.concat([Buffer.from('EXTRACTOR-dtls_srtp'), clientRandom, serverRandom]);
    const material = prf(hash, masterSecret, seed, 2 * (keyLength + SALT_LENGTH));
    const salts = material.subarray(2 * keyLength);
    return {
        client: { key: material.subarray(0, keyLength), salt: salts.subarray(0, SALT_LENGTH) },
        server: { key: material.subarray(keyLength, 2 * keyLength), salt: salts.subarray(SALT_LENGTH) },
    };
}

/** Opens the SRTP packets of one direction in AES-GCM (RFC 7714). */
export class SrtpOpener {
    private readonly key: Buffer;
    private readonly salt: Buffer;

    constructor(master: Master) {
        this.key = derive(master, 0, master.key.length);
        this.salt = derive(master, 2, SALT_LENGTH);
    }

    /** @returns the payload in the clear; undefined when the packet is not what the key says */
    open(packet: Buffer, rollover: number): Buffer | undefined {
        const header = headerLength(packet);
        const iv = Buffer.alloc(SALT_LENGTH);
        packet.copy(iv, 2, 8, 12); // SSRC
        iv.writeUInt32BE(rollover, 6);
        packet.copy(iv, 10, 2, 4); // sequence number
        for (let i = 0; i < SALT_LENGTH; i++) iv[i]! ^= this.salt[i]!;
        const decipher = createDecipheriv(this.key.length === 16 ? 'aes-128-gcm' : 'aes-256-gcm', this.key, iv);
        decipher.setAAD(packet.subarray(0, header));
        decipher.setAuthTag(packet.subarray(packet.length - TAG_LENGTH));
        const clear = decipher.update(packet.subarray(header, packet.length - TAG_LENGTH));
        try {
            return Buffer.concat([clear, decipher.final()]);
        } catch {
            return undefined;
        }
    }
}

/** Fixed part, contributing sources and extension (RFC 3550, sections 5.1 and 5.3.1). */
function headerLength(packet: Buffer): number {
    const fixed = 12 + (packet[0]! & 15) * 4;
    return (packet[0]! & 16) === 0 ? fixed : fixed + 4 + packet.readUInt16BE(fixed + 2) * 4;
}

/** RFC 3711, section 4.3, with a key derivation rate of 0. The salt of 96 bits is filled up with zeros at its end. */
function derive({ key, salt }: Master, label: number, length: number): Buffer {
    const counter = Buffer.alloc(16);
    salt.copy(counter);
    counter[7]! ^= label;
    return createCipheriv(key.length === 16 ? 'aes-128-ctr' : 'aes-256-ctr', key, counter).update(Buffer.alloc(length));
}

/** RFC 5246, section 5; the label is part of the seed. */
function prf(hash: string, secret: Buffer, seed: Buffer, length: number): Buffer {
    const blocks: Buffer[] = [];
    for (let a = seed, size = 0; size < length; size += blocks.at(-1)!.length) {
        a = createHmac(hash, secret).update(a).digest();
        blocks.push(createHmac(hash, secret).update(a).update(seed).digest());
    }
    return Buffer.concat(blocks).subarray(0, length);
}
