import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, describe, test } from 'node:test';
import type { Person } from '../../src/person.ts';
import { until } from '../../src/wait.ts';
import { type Call, meet } from '../call.ts';
import { Capture } from '../capture.ts';
import type { Lab } from '../lab.ts';
import { MEDIA_PORT, WEB_PORT } from '../parley.ts';
import { type Datagram, datagrams, isRtp } from '../pcap.ts';
import { type Handshake, masters, SrtpOpener } from '../srtp.ts';
import { SERVER, SITES } from '../world.ts';

const TLS_1_3 = '0x0304';
const OUTSIDE = [SITES.a.outside, SITES.b.outside].toSorted();
/** In a handshake of DTLS (RFC 5246, section 7.4). */
const [CLIENT_HELLO, SERVER_HELLO, FINISHED] = [1, 2, 20];

/** What goes over the wire at the server while two people meet: the measurements of scenario 2 of the paper that Parley follows. */
export function wire(lab: () => Lab): void {
    describe('a capture at the server', () => {
        let capture: Capture;
        let kinds: ReadonlyMap<number, 'audio' | 'video'>;

        before(async () => {
            capture = await Capture.start(lab().network, 'server', 'nat-scenario-2');
            let call: Call | undefined;
            try {
                call = await meet(lab(), ['ann', 'bob']);
                const { first, second } = call;
                await until(async () => (await second.frames(first.name)) > 45, { what: 'three seconds of picture' });
                kinds = new Map((await Promise.all([kindsOf(first), kindsOf(second)])).flat());
            } finally {
                await lab().part();
                await capture.stop();
            }
        });

        test('signalling: TLS 1.3, agreed upon with both clients, and data both ways', async () => {
            const hellos = await capture.show(`tls.handshake.type == ${SERVER_HELLO} && tcp.srcport == ${WEB_PORT}`, [
                'ip.dst', 'tls.handshake.extensions.supported_version',
            ]);
            assert.deepEqual([...new Set(hellos.map(([to]) => to![0]!))].sort(), OUTSIDE);
            for (const [, version] of hellos) assert.deepEqual(version, [TLS_1_3]);
            const data = await capture.show(`tls.app_data && tcp.port == ${WEB_PORT}`, ['ip.src']);
            assert.deepEqual([...new Set(data.map(([from]) => from![0]!))].sort(), [...OUTSIDE, SERVER].sort());
        });

        test('DTLS: one ClientHello for each transport, a sending and a receiving one for each person', async () => {
            // One that is sent again, because no answer came in time, is the same.
            const hellos = await clientHellos(capture);
            assert.equal(hellos.length, 4, JSON.stringify(hellos));
            assert.equal(new Set(hellos.map(({ random }) => random)).size, 4);
            assert.equal(new Set(hellos.map(({ transport }) => transport)).size, 4);
            for (const address of OUTSIDE) assert.equal(hellos.filter(({ transport }) => transport.startsWith(`${address}:`)).length, 2);
        });

        test('STUN: each answer tells the client’s own address as the NAT made it', async () => {
            const answers = await capture.show('stun.type == 0x0101 && udp', ['ip.dst', 'udp.dstport', 'stun.att.type', 'stun.att.ipv4', 'stun.att.port']);
            assert.ok(answers.length >= 4, `${answers.length} answers`);
            for (const [to, port, attributes, address, mapped] of answers) {
                assert.ok(attributes!.includes('0x0020'), 'XOR-MAPPED-ADDRESS');
                assert.deepEqual([address, mapped], [to, port]);
            }
        });

        test('media: both ways for both people, and packets of audio are smaller than those of video', () => {
            for (const address of OUTSIDE) {
                for (const [from, to] of [[address, SERVER], [SERVER, address]] as const) {
                    const lengths = { audio: [] as number[], video: [] as number[] };
                    for (const { payload } of media(capture).filter(({ source, destination }) => source === from && destination === to)) {
                        const kind = kinds.get(payload.readUInt32BE(8));
                        if (kind !== undefined) lengths[kind].push(payload.length);
                    }
                    const [audio, video] = [mean(lengths.audio), mean(lengths.video)];
                    console.log(
                        `${from} → ${to}: ${lengths.audio.length} packets of audio, ${audio.toFixed(0)} bytes in the mean; ` +
                            `${lengths.video.length} of video, ${video.toFixed(0)} bytes`,
                    );
                    assert.ok(lengths.audio.length > 30 && lengths.video.length > 15);
                    assert.ok(audio < video, `${audio} and ${video} bytes`);
                }
            }
        });

        test('the key log: tshark reads what is encrypted of the DTLS handshakes with it, and nothing without', async () => {
            const finished = `dtls.handshake.type == ${FINISHED}`;
            assert.deepEqual(await capture.show(finished, ['udp.stream']), []);
            const read = await capture.show(finished, ['ip.src', 'dtls.handshake.length'], lab().keyLog);
            for (const from of [SERVER, ...OUTSIDE]) assert.ok(read.some(([source]) => source!.includes(from)), `Finished of ${from}`);
            for (const [, lengths] of read) assert.ok(lengths!.includes('12'), 'verify_data has 12 bytes');
        });

        test('the key log: the SRTP keys derived from it open every packet of media', async () => {
            const handshakes = await handshakesOf(capture, lab().keyLog);
            assert.equal(handshakes.size, 4);
            let opened = 0;
            for (const datagram of media(capture)) {
                const fromServer = datagram.source === SERVER;
                const transport = fromServer ? `${datagram.destination}:${datagram.destinationPort}` : `${datagram.source}:${datagram.sourcePort}`;
                const openers = handshakes.get(transport);
                assert.ok(openers, `a handshake of ${transport}`);
                const opener = openers[fromServer ? 'server' : 'client'];
                // A sequence number may go round once in so short a time.
                assert.ok(opener.open(datagram.payload, 0) ?? opener.open(datagram.payload, 1), `a packet of ${transport}`);
                const other = openers[fromServer ? 'client' : 'server'];
                assert.equal(other.open(datagram.payload, 0), undefined, 'and no other key opens it');
                opened++;
            }
            console.log(`${opened} packets opened`);
            assert.ok(opened > 200, `${opened} packets`);
        });
    });
}

/** Which streams are audio and which are video, by SSRC, as the browser tells. */
function kindsOf(person: Person): Promise<(readonly [number, 'audio' | 'video'])[]> {
    return person.page.evaluate(async () => {
        const { connections } = (globalThis as unknown as { parleyProbe: { connections: RTCPeerConnection[] } }).parleyProbe;
        const all = (await Promise.all(connections.map(async (one) => [...(await one.getStats()).values()]))).flat() as Record<string, unknown>[];
        return all
            .filter(({ type }) => type === 'inbound-rtp' || type === 'outbound-rtp')
            .map(({ ssrc, kind }) => [ssrc as number, kind as 'audio' | 'video'] as const);
    });
}

function media(capture: Capture): Datagram[] {
    return [...datagrams(capture.file)].filter(
        ({ sourcePort, destinationPort, payload }) => (sourcePort === MEDIA_PORT || destinationPort === MEDIA_PORT) && isRtp(payload),
    );
}

function mean(values: readonly number[]): number {
    return values.reduce((sum, value) => sum + value, 0) / values.length;
}

interface Hello {
    /** The client's address and port. */
    readonly transport: string;
    readonly random: string;
}

/** Those that differ. */
async function clientHellos(capture: Capture): Promise<Hello[]> {
    const rows = await capture.show(`dtls.handshake.type == ${CLIENT_HELLO}`, ['ip.src', 'udp.srcport', 'dtls.handshake.random']);
    const all = new Map<string, Hello>();
    for (const [address, port, random] of rows) {
        const transport = `${address![0]}:${port![0]}`;
        for (const one of random!) all.set(`${transport} ${one}`, { transport, random: one });
    }
    return [...all.values()];
}

/** What opens the packets of each transport, by the client's address and port. */
async function handshakesOf(capture: Capture, keyLog: string): Promise<Map<string, { client: SrtpOpener; server: SrtpOpener }>> {
    const secrets = new Map(
        readFileSync(keyLog, 'utf8')
            .split('\n')
            .filter((line) => line.startsWith('CLIENT_RANDOM '))
            .map((line) => line.split(' ').slice(1) as [random: string, secret: string]),
    );
    const hellos = new Map((await clientHellos(capture)).map(({ transport, random }) => [transport, random]));
    const answers = await capture.show(`dtls.handshake.type == ${SERVER_HELLO}`, [
        'ip.dst', 'udp.dstport', 'dtls.handshake.random', 'dtls.handshake.ciphersuite', 'dtls.use_srtp.protection_profile',
    ]);
    const openers = new Map<string, { client: SrtpOpener; server: SrtpOpener }>();
    for (const [address, port, random, suite, profile] of answers) {
        const transport = `${address![0]}:${port![0]}`;
        const clientRandom = hellos.get(transport)!;
        const handshake: Handshake = {
            clientRandom: Buffer.from(clientRandom, 'hex'),
            serverRandom: Buffer.from(random![0]!, 'hex'),
            masterSecret: Buffer.from(secrets.get(clientRandom)!, 'hex'),
            hash: Number(suite![0]) === 0xc02c ? 'sha384' : 'sha256', // TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384
            keyLength: Number(profile![0]) === 8 ? 32 : 16, // SRTP_AEAD_AES_256_GCM, or AES_128
        };
        const { client, server } = masters(handshake);
        openers.set(transport, { client: new SrtpOpener(client), server: new SrtpOpener(server) });
    }
    return openers;
}
