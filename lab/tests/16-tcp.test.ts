import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Guest } from '../src/guest.ts';
import { noiseFiles } from '../src/media.ts';
import { openBrowser } from '../src/people.ts';
import { startServer } from '../src/server.ts';
import { until } from '../src/wait.ts';

/** As in a network without UDP: no candidate of the server for it is known to the browser. */
function withoutUdp(): void {
    type Set = (this: RTCPeerConnection, description: RTCSessionDescriptionInit) => Promise<void>;
    const set = RTCPeerConnection.prototype.setRemoteDescription as Set;
    RTCPeerConnection.prototype.setRemoteDescription = function (this: RTCPeerConnection, description: RTCSessionDescriptionInit) {
        const sdp = description.sdp?.replace(/^a=candidate:\S+ \d+ udp .*\r\n/gim, '');
        return set.call(this, { ...description, sdp });
    } as Set;
}

test('two browsers meet over TCP alone, and a third over UDP sees both', async () => {
    const browser = await openBrowser({ files: noiseFiles(), autoplay: true });
    const server = await startServer('tcp');
    const [ann, bob, eve] = await Promise.all(['Ann', 'Bob', 'Eve'].map((name) => Guest.open(browser, server.url, name)));
    try {
        await Promise.all([ann!, bob!].map(({ page }) => page.evaluate(withoutUdp)));
        const room = await ann!.do('createRoom');
        for (const guest of [ann!, bob!, eve!]) await guest.do('join', room, guest.name);
        for (const guest of [ann!, bob!]) {
            await guest.do('publishAudio');
            await guest.do('publishVideo', 'video/VP8', 320, 180);
        }
        for (const guest of [ann!, bob!, eve!]) {
            await until(async () => (await guest.stat('recv', 'inbound-rtp', 'video', 'framesDecoded')) > 30, { what: `frames for ${guest.name}` });
            await until(async () => (await guest.stat('recv', 'inbound-rtp', 'audio', 'totalAudioEnergy')) > 0, { what: `sound for ${guest.name}` });
        }
        for (const [guest, direction, protocol] of [
            [ann!, 'send', 'tcp'],
            [bob!, 'recv', 'tcp'],
            [eve!, 'recv', 'udp'],
        ] as const) {
            const all = await guest.do('stats', direction);
            const inUse = all.find(({ type }) => type === 'transport')!['selectedCandidatePairId'];
            const pair = all.find(({ id }) => id === inUse)!;
            const remote = all.find(({ id }) => id === pair['remoteCandidateId'])!;
            assert.equal(remote['protocol'], protocol, guest.name);
            assert.equal(remote['port'], server.mediaPort);
            console.log(`${guest.name}: ${protocol}, first frame after ${Math.round((await guest.do('firstFrame')) ?? -1)} ms`);
        }
    } finally {
        await browser.close();
        await server.stop();
    }
});
