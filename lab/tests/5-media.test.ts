import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { Guest } from '../src/guest.ts';
import { noiseFiles } from '../src/media.ts';
import { openBrowser } from '../src/people.ts';
import { type RunningServer, startServer } from '../src/server.ts';
import { until } from '../src/wait.ts';

// Clients that know nothing of Parley but docs/signalling.md: socket.io-client and mediasoup-client, unmodified.

let browser: Browser;

before(async () => {
    browser = await openBrowser({ files: noiseFiles(), autoplay: true });
});

after(() => browser.close());

const LOOPBACK_V6 = { host: '::1', 'announced-address': '::1' };

for (const [name, options] of [
    ['on this machine’s best hot path', { 'hot-path': 'auto' }],
    ['on the hot path in Java', { 'hot-path': 'java' }],
    ['over IPv6 alone', LOOPBACK_V6],
] as const) {
    test(`DTLS 1.2 and SRTP in AES-GCM carry a call ${name}`, async () => {
        const server = await startServer(`media-${name.replace(/\W+/g, '-')}`, options);
        const [ann, bob] = await Promise.all([Guest.open(browser, server.url, 'Ann'), Guest.open(browser, server.url, 'Bob')]);
        try {
            const room = await ann.do('createRoom');
            await Promise.all([ann.do('join', room, 'Ann'), bob.do('join', room, 'Bob')]);
            await ann.do('publishAudio');
            await ann.do('publishVideo', 'video/VP8', 320, 180);
            await until(async () => (await bob.stat('recv', 'inbound-rtp', 'video', 'framesDecoded')) > 10, { what: 'frames' });
            await until(async () => (await bob.stat('recv', 'inbound-rtp', 'audio', 'totalAudioEnergy')) > 0, { what: 'sound' });
            for (const [guest, direction] of [[ann, 'send'], [bob, 'recv']] as const) {
                const stats = await guest.stats(direction);
                const transport = stats('transport')!;
                assert.equal(transport['dtlsState'], 'connected');
                assert.equal(transport['tlsVersion'], 'FEFD'); // DTLS 1.2
                assert.match(String(transport['dtlsCipher']), /^TLS_ECDHE_ECDSA_WITH_AES_(128|256)_GCM_SHA(256|384)$/);
                assert.match(String(transport['srtpCipher']), /^SRTP_AEAD_AES_(128|256)_GCM$/);
                const selected = (await guest.do('stats', direction)).find(({ id }) => id === transport['selectedCandidatePairId'])!;
                assert.equal(selected['state'], 'succeeded');
                assert.equal(selected['nominated'], true);
                const remote = stats('remote-candidate')!;
                assert.equal(remote['address'], options === LOOPBACK_V6 ? '::1' : '127.0.0.1');
                assert.equal(remote['port'], server.mediaPort);
                assert.equal(remote['protocol'], 'udp');
                console.log(
                    `${guest.name}: ${transport['tlsVersion']} ${transport['dtlsCipher']} ${transport['srtpCipher']} ` +
                        `${remote['address']} round trip ${selected['currentRoundTripTime']} s`,
                );
            }
        } finally {
            await Promise.all([ann.page.browserContext().close(), bob.page.browserContext().close()]);
            await server.stop();
        }
    });
}

describe('a call', () => {
    let server: RunningServer;
    let ann: Guest;
    let bob: Guest;
    let room: { roomId: string; code: string };

    /** What Ann's browser believes that it may send, in bit/s: told of the candidate pair in use, which is one of several. */
    const bandwidth = async (): Promise<number> => {
        const all = await ann.do('stats', 'send');
        const inUse = all.find(({ type }) => type === 'transport')?.['selectedCandidatePairId'];
        return Number(all.find(({ id }) => id === inUse)?.['availableOutgoingBitrate'] ?? 0);
    };

    before(async () => {
        server = await startServer('media');
        [ann, bob] = await Promise.all([Guest.open(browser, server.url, 'Ann'), Guest.open(browser, server.url, 'Bob')]);
        room = await ann.do('createRoom');
        await ann.do('join', room, 'Ann');
        await bob.do('join', room, 'Bob');
        await ann.do('publishAudio');
    });

    after(() => server?.stop());

    test('begins with a cautious estimate of the sender’s bandwidth', async () => {
        const estimate = await until(() => bandwidth(), { what: 'an estimate' });
        assert.ok(estimate <= 400_000, `${estimate} bit/s before the first picture`);
    });

    for (const mimeType of ['video/VP9', 'video/H264', 'video/AV1', 'video/VP8']) {
        test(`carries ${mimeType}`, async () => {
            const producerId = await ann.do('publishVideo', mimeType, 640, 360);
            const received = await until(
                async () => {
                    const video = (await bob.stats('recv'))('inbound-rtp', 'video');
                    return Number(video?.['framesDecoded']) > 15 ? video : undefined;
                },
                { what: `${mimeType} is decoded`, within: 30_000 },
            );
            const codecs = (await bob.do('stats', 'recv')).filter(({ id }) => id === received['codecId']);
            assert.deepEqual(codecs.map((codec) => codec['mimeType']), [mimeType]);
            assert.equal(Number(received['frameWidth']) / Number(received['frameHeight']), 16 / 9);
            if (mimeType === 'video/VP8') return; // goes on through the next tests
            await ann.do('closeProducer', producerId);
            await until(async () => !(await bob.stats('recv'))('inbound-rtp', 'video'), { what: 'the consumer ends' });
        });
    }

    test('lets the sender’s bandwidth estimate and its bitrate climb', async () => {
        // It goes nowhere without transport-wide feedback. How far it goes is the encoder's choice: a picture as hard as this one
        // may be sent small, and then takes no more than 600 kbit/s, which limits the estimate too.
        await until(async () => (await bandwidth()) > 600_000, { what: 'an estimate over 600 kbit/s', within: 45_000, every: 250 });
        const sent = (): Promise<number> => ann.stat('send', 'outbound-rtp', 'video', 'bytesSent');
        const [bytes, at] = [await sent(), performance.now()];
        await until(async () => (await sent()) > bytes + 250_000, { what: 'a quarter of a megabyte is sent', every: 100 });
        const bitrate = (((await sent()) - bytes) * 8) / ((performance.now() - at) / 1000);
        console.log(`estimate ${Math.round((await bandwidth()) / 1000)} kbit/s, video ${Math.round(bitrate / 1000)} kbit/s`);
        assert.ok(bitrate > 400_000, `${bitrate} bit/s of video`);
    });

    test('reports loss, jitter and round trip to the sender', async () => {
        for (const kind of ['audio', 'video'] as const) {
            const report = await until(
                async () => {
                    const found = (await ann.stats('send'))('remote-inbound-rtp', kind);
                    return Number(found?.['roundTripTimeMeasurements']) > 2 ? found : undefined;
                },
                { what: `reports about the ${kind}` },
            );
            const { roundTripTime, jitter, packetsLost, fractionLost } = report;
            console.log(`${kind}: round trip ${roundTripTime} s, jitter ${jitter} s, lost ${packetsLost}, fraction ${fractionLost}`);
            assert.ok(Number(roundTripTime) >= 0 && Number(roundTripTime) < 0.25, `round trip ${roundTripTime}`);
            assert.ok(Number(jitter) < 0.25, `jitter ${jitter}`);
            assert.ok(Number(fractionLost) < 0.05, `fraction lost ${fractionLost}`);
        }
    });

    test('plays sound and picture together, without stops', async () => {
        // Only what is played at one time can be compared, so both stand in one report.
        const apart = await until(
            async () => {
                const stats = await bob.stats('recv');
                const played = (kind: 'audio' | 'video'): number => Number(stats('inbound-rtp', kind)?.['estimatedPlayoutTimestamp']);
                const difference = Math.abs(played('audio') - played('video'));
                return difference < 150 ? { difference } : undefined;
            },
            { what: 'sound and picture less than 150 ms apart', every: 200 },
        );
        const before = (await bob.stats('recv'))('inbound-rtp', 'video')!;
        await until(
            async () => (await bob.stat('recv', 'inbound-rtp', 'video', 'framesDecoded')) > Number(before['framesDecoded']) + 45,
            { what: 'three seconds of picture', every: 200 },
        );
        const video = (await bob.stats('recv'))('inbound-rtp', 'video')!;
        console.log(
            `${apart.difference.toFixed(1)} ms apart; ${video['framesDecoded']} frames, ${video['freezeCount']} freezes, ` +
                `${video['pauseCount']} pauses, ${video['framesDropped']} dropped`,
        );
        assert.ok(Number(video['freezeCount']) - Number(before['freezeCount']) <= 1, `${video['freezeCount']} freezes`);
        assert.equal(video['pauseCount'], 0);
    });

    test('goes on after the sender suspended its stream', async () => {
        const producerId = await bob.do('producerOf', 'video');
        const encoded = (): Promise<number> => ann.stat('send', 'outbound-rtp', 'video', 'framesEncoded');
        const decoded = (): Promise<number> => bob.stat('recv', 'inbound-rtp', 'video', 'framesDecoded');
        await ann.do('suspendProducer', producerId, true);
        let last = -1;
        await until(async () => last === (last = await encoded()), { what: 'the sender rests', every: 250 });
        const frames = await decoded();
        await ann.do('suspendProducer', producerId, false);
        await until(async () => (await decoded()) > frames + 15, { what: 'the picture goes on' });
    });

    test('asks the sender for a key frame when somebody joins late', async () => {
        const cleo = await Guest.open(browser, server.url, 'Cleo');
        const frames = await ann.stat('send', 'outbound-rtp', 'video', 'keyFramesEncoded');
        await cleo.do('join', room, 'Cleo');
        const first = await until(() => cleo.do('firstFrame'), { what: 'a first frame', every: 20 });
        console.log(`first frame ${Math.round(first)} ms after joining`);
        assert.ok(first < 2_500, `${first} ms`);
        assert.ok((await ann.stat('send', 'outbound-rtp', 'video', 'keyFramesEncoded')) > frames);
        await cleo.page.browserContext().close();
    });

    test('passes on at most two requests for a key frame a second, however many there are', async () => {
        const SECONDS = 3;
        const CONSUMERS = 5;
        const producerId = await bob.do('producerOf', 'video');
        const consumers = await Promise.all(Array.from({ length: CONSUMERS }, () => bob.do('consume', producerId)));
        const asked = (): Promise<number> => ann.stat('send', 'outbound-rtp', 'video', 'pliCount');
        const [before, start] = [await asked(), performance.now()];
        let resumes = 0;
        while (performance.now() - start < SECONDS * 1_000) {
            for (const request of ['pauseConsumer', 'resumeConsumer']) {
                await Promise.all(consumers.map((consumerId) => bob.do('request', request, { consumerId })));
            }
            resumes += CONSUMERS;
            await new Promise((resolve) => setTimeout(resolve, 300)); // the server takes 50 requests a second
        }
        const seconds = (performance.now() - start) / 1_000;
        const requests = (await asked()) - before;
        console.log(`${resumes} resumes in ${seconds.toFixed(1)} s: ${requests} requests`);
        assert.ok(requests > 0 && requests <= 1 + 2 * seconds, `${requests} requests in ${seconds} s`);
    });

    test('has nothing in it that the server does not understand', async () => {
        for (const [guest, direction] of [[ann, 'send'], [bob, 'recv']] as const) {
            const reasons = Object.keys(await guest.do('drops', direction));
            console.log(`dropped of ${guest.name}: ${reasons.join(', ') || 'nothing'}`);
            assert.deepEqual(reasons.filter((reason) => /malformed|authentication|unexpected|unknown/.test(reason)), []);
        }
    });
});
