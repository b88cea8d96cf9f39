import { readFileSync } from 'node:fs';

/** A UDP datagram of a capture. */
export interface Datagram {
    readonly source: string;
    readonly sourcePort: number;
    readonly destination: string;
    readonly destinationPort: number;
    readonly payload: Buffer;
}

const LITTLE_ENDIAN = 0xa1b2c3d4;
const ETHERNET = 1;
const IPV4 = 0x0800;
const UDP = 17;

/** The UDP datagrams over IPv4 in a file as tcpdump writes it (the classic pcap format, of an Ethernet interface). */
export function* datagrams(file: string): Generator<Datagram> {
    const bytes = readFileSync(file);
    if (bytes.readUInt32LE(0) !== LITTLE_ENDIAN || bytes.readUInt32LE(20) !== ETHERNET) throw new Error(`${file} has an unknown format`);
    for (let at = 24; at + 16 <= bytes.length; ) {
        const length = bytes.readUInt32LE(at + 8);
        const frame = bytes.subarray(at + 16, at + 16 + length);
        at += 16 + length;
        if (frame.length < 42 || frame.readUInt16BE(12) !== IPV4 || frame[23] !== UDP) continue;
        const udp = 14 + (frame[14]! & 15) * 4;
        yield {
            source: [...frame.subarray(26, 30)].join('.'),
            sourcePort: frame.readUInt16BE(udp),
            destination: [...frame.subarray(30, 34)].join('.'),
            destinationPort: frame.readUInt16BE(udp + 2),
            payload: frame.subarray(udp + 8, udp + frame.readUInt16BE(udp + 4)),
        };
    }
}

/** Whether it is RTP, and neither STUN nor DTLS (RFC 7983) nor RTCP (RFC 5761, section 4). */
export function isRtp(payload: Buffer): boolean {
    if (payload.length < 12 || payload[0]! < 128 || payload[0]! > 191) return false;
    const type = payload[1]! & 127;
    return type < 64 || type > 95;
}
