import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { Guest } from '../src/guest.ts';
import { ImpairedPath } from '../src/impairment.ts';
import { noiseFiles } from '../src/media.ts';
import { openBrowser } from '../src/people.ts';
import { type RunningServer, startServer } from '../src/server.ts';
import { until } from '../src/wait.ts';

const SERVER = '127.0.0.1';
const PATH = '127.0.0.2';
/** Ten seconds. */
const FRAMES = 150;
/** A path like many, if long; and then a bad one. */
const GOOD = { loss: 0, delay: 30, reordering: 0, seed: 7 };
const BAD = { ...GOOD, loss: 0.05, reordering: 0.05 };

let browser: Browser;
let server: RunningServer;
let path: ImpairedPath;
let ann: Guest;
let bob: Guest;

before(async () => {
    [browser, server] = await Promise.all([
        openBrowser({ files: noiseFiles(), autoplay: true }),
        startServer('loss', { host: SERVER, 'announced-address': PATH }),
    ]);
    path = await ImpairedPath.open(PATH, { address: SERVER, port: server.mediaPort }, GOOD);
    [ann, bob] = await Promise.all([Guest.open(browser, server.url, 'Ann'), Guest.open(browser, server.url, 'Bob')]);
    const room = await ann.do('createRoom');
    await Promise.all([ann.do('join', room, 'Ann'), bob.do('join', room, 'Bob')]);
    await ann.do('publishAudio');
    await ann.do('publishVideo', 'video/VP8', 640, 360);
    await until(async () => (await bob.stat('recv', 'inbound-rtp', 'video', 'framesDecoded')) > 15, { what: 'frames' });
    await until(async () => (await bob.stat('recv', 'inbound-rtp', 'audio', 'totalAudioEnergy')) > 0, { what: 'sound' });
});

after(async () => {
    await browser?.close();
    path?.close();
    await server?.stop();
});

test('sound and picture go on when a twentieth of all packets is lost each way', async () => {
    const received = await bob.stats('recv');
    const [video, audio] = [received('inbound-rtp', 'video')!, received('inbound-rtp', 'audio')!];
    path.become(BAD);
    const since = (now: Record<string, unknown>, then: Record<string, unknown>, field: string): number =>
        Number(now[field] ?? 0) - Number(then[field] ?? 0);
    await until(
        async () => since((await bob.stats('recv'))('inbound-rtp', 'video')!, video, 'framesDecoded') > FRAMES,
        { what: `${FRAMES} more frames are decoded`, within: 40_000, every: 250 },
    );
    // What is lost on the way to the server is asked for by the server, what is lost on the way from it by the receiver.
    const outgoing = await until(
        async () => {
            const sent = (await ann.stats('send'))('outbound-rtp', 'video')!;
            return Number(sent['retransmittedPacketsSent']) > 0 ? sent : undefined;
        },
        { what: 'the sender sends again' },
    );
    const incoming = await until(
        async () => {
            const got = (await bob.stats('recv'))('inbound-rtp', 'video')!;
            return Number(got['retransmittedPacketsReceived']) > 0 ? got : undefined;
        },
        { what: 'the receiver gets again' },
    );
    const sound = (await bob.stats('recv'))('inbound-rtp', 'audio')!;
    const concealed = since(sound, audio, 'concealedSamples') / since(sound, audio, 'totalSamplesReceived');
    const frozen = since(incoming, video, 'totalFreezesDuration');
    const report = (await ann.stats('send'))('remote-inbound-rtp', 'video');
    console.log(
        `${path.lost} datagrams lost; ${since(incoming, video, 'framesDecoded')} frames, frozen ${since(incoming, video, 'freezeCount')} times for ${frozen.toFixed(1)} s; ` +
            `sender: ${outgoing['nackCount']} NACKs, ${outgoing['retransmittedPacketsSent']} sent again of ${outgoing['packetsSent']}, ` +
            `${outgoing['pliCount']} PLIs, round trip ${report?.['roundTripTime']} s; receiver: ${incoming['nackCount']} NACKs, ` +
            `${incoming['retransmittedPacketsReceived']} again of ${incoming['packetsReceived']}, ${incoming['pliCount']} PLIs; ` +
            `${(concealed * 100).toFixed(1)} % of the sound concealed`,
    );
    assert.ok(Number(outgoing['nackCount']) > 0);
    assert.ok(Number(incoming['nackCount']) > 0);
    assert.ok(frozen < 3, `the picture stood still for ${frozen} s`);
    // Of the sound a tenth is lost on the two legs, and Opus conceals it.
    assert.ok(concealed < 0.25, `${concealed} of the sound concealed`);
});
