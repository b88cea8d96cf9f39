import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Crowd } from '../src/people.ts';
import type { Person, Room } from '../src/person.ts';
import { type RunningServer, startServer } from '../src/server.ts';
import { untilEqual } from '../src/wait.ts';

const crowd = new Crowd();
let server: RunningServer;
let ann: Person;
let eve: Person;
let room: Room;

before(async () => {
    server = await startServer('admission', { 'max-participants': 2 });
    ann = await crowd.person('Ann', { likeness: 'Ann' });
    eve = await crowd.person('Eve');
    room = await ann.createRoom(server.url);
    await ann.join(room);
});

after(async () => {
    await crowd.disperse();
    await server?.stop();
});

/** Tries to get in and tells what the page says. */
async function refusal(person: Person, link: string, code: string): Promise<string> {
    await person.openLobby(link);
    await person.submit(code);
    return person.text('join-error');
}

const wrong = (code: string): string => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

/** More wrong codes than the server forgives. */
const GUESSES = 6;

let refused: string;

test('somebody without a camera is told so, and may join all the same', async () => {
    await eve.openLobby(room.link);
    await eve.devicesReady();
    await eve.reads('device-error', /No camera.* was found/);
    await eve.screenshot('11-no-camera');
    await eve.submit(room.code);
    await eve.see('room');
    await untilEqual(() => ann.others(), ['Eve']);
    await eve.leave();
});

test('somebody who denies camera and microphone is told what to do, and may join all the same', async () => {
    const fay = await crowd.person('Fay', { permission: 'deny' });
    await fay.openLobby(room.link);
    await fay.devicesReady();
    await fay.reads('device-error', /Your camera.* blocked.*Allow/s);
    await fay.screenshot('12-denied');
    await fay.submit(room.code);
    await fay.see('room');
    await fay.timeToFirstFrame();
    await untilEqual(() => ann.others(), ['Fay']);
    await fay.screenshot('13-joined-without-devices');
    await fay.leave();
    await untilEqual(() => ann.others(), []);
});

test('a wrong code is refused', async () => {
    refused = await refusal(eve, room.link, wrong(room.code));
    assert.notEqual(refused, '');
    await eve.screenshot('14-refused');
});

test('an unknown room is refused with the same words', async () => {
    const unknown = room.link.replace(/room=.*/, 'room=00000000-0000-4000-8000-000000000000');
    assert.equal(await refusal(eve, unknown, room.code), refused);
});

test('a full room is refused with the same words', async () => {
    const bob = await crowd.twin('Bob', ann);
    await bob.join(room);
    assert.equal(await refusal(eve, room.link, room.code), refused);
    await bob.leave();
    await untilEqual(() => ann.others(), []);
});

test('a name made of markup stays text', async () => {
    const name = '<img src=x onerror=alert(1)>';
    const mallory = await crowd.twin(name, eve);
    await mallory.join(room);
    await untilEqual(() => ann.others(), [name]);
    await ann.openPanel('participants');
    await ann.screenshot('15-markup-name');
    assert.equal(await ann.page.$$eval('[data-testid=tile] img, [data-testid=participants-panel] img', (all) => all.length), 0);
    await mallory.leave();
});

test('somebody who guesses too often is locked out with the same words, even with the right code', async () => {
    for (let i = 0; i < GUESSES; i++) assert.equal(await refusal(eve, room.link, wrong(room.code)), refused);
    assert.equal(await refusal(eve, room.link, room.code), refused);
});

test('no page threw, and none violated its content security policy', () => {
    assert.deepEqual(crowd.problems(), []);
});
