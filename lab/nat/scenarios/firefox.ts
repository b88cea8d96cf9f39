import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { Guest } from '../../src/guest.ts';
import type { Person } from '../../src/person.ts';
import { hearsTone, seesMovement } from '../../src/proof.ts';
import { until, untilEqual } from '../../src/wait.ts';
import { exchange, meet } from '../call.ts';
import { type Lab, URL_V4 } from '../lab.ts';
import { noteConnected } from '../matrix.ts';
import { pathsOf } from '../path.ts';

/** Firefox as it comes: with itself, its screen, and with codecs that it does not have. With Chromium it is in `networks.ts`. */
export function firefox(lab: () => Lab): void {
    describe('Firefox', () => {
        afterEach(async () => assert.deepEqual(await lab().part(), []));

        test('with Firefox: both see and hear each other', async () => {
            const { second, firstFrame } = await meet(lab(), ['fay', 'fay']);
            noteConnected({ network: 'cone NAT', browsers: 'Firefox – Firefox', paths: await pathsOf(second), firstFrame });
        });

        test('shares its screen, and stops', async () => {
            const { first: fay, second: ann } = await meet(lab(), ['fay', 'ann']);
            await fay.press('share-button');
            await untilEqual(() => ann.screens(), ['Fay'], 30_000);
            await seesMovement(ann, 'Fay', 'screen', 30_000);
            assert.ok(await ann.picture('Fay', 'screen'));
            await fay.press('share-button');
            await untilEqual(() => ann.screens(), []);
            await exchange(fay, ann);
        });

        test('hears somebody who sends H264, which it has not, and sees what comes after it', async () => {
            const fay = await lab().person('fay');
            assert.deepEqual(await decodable(fay, 'video/H264'), false);
            const room = await fay.createRoom(URL_V4);
            const { page } = await lab().person('ann'); // for her browser
            const guest = await Guest.open(page.browser(), URL_V4, 'Ann');
            try {
                await Promise.all([
                    fay.join(room),
                    guest.do('join', { roomId: new URL(room.link).searchParams.get('room')!, code: room.code }, 'Ann'),
                ]);
                await guest.do('publishAudio');
                const producer = await guest.do('publishVideo', 'video/H264', 320, 180);
                await hearsTone(fay, 'Ann', 440);
                assert.equal(await fay.frames('Ann'), 0);
                // Both ways all the while.
                await until(async () => (await guest.stat('recv', 'inbound-rtp', 'video', 'framesDecoded')) > 10, { what: 'Fay’s picture' });
                await guest.do('closeProducer', producer);
                await guest.do('publishVideo', 'video/VP8', 320, 180);
                await seesMovement(fay, 'Ann', 'camera', 30_000);
            } finally {
                await guest.page.browserContext().close();
            }
        });
    });
}

function decodable(person: Person, mimeType: string): Promise<boolean> {
    return person.page.evaluate(
        (mimeType) => RTCRtpReceiver.getCapabilities('video')!.codecs.some((codec) => codec.mimeType === mimeType),
        mimeType,
    );
}
