import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Crowd } from '../src/people.ts';
import type { Person, Room } from '../src/person.ts';
import { hearsRightTone, seesRightPicture } from '../src/proof.ts';
import { type RunningServer, startServer } from '../src/server.ts';
import { until, untilEqual } from '../src/wait.ts';

const crowd = new Crowd();
let server: RunningServer;
let ann: Person;
let bob: Person;
let cleo: Person;
let room: Room;

before(async () => {
    server = await startServer('meeting', { 'reload-grace': 1 });
    [ann, bob, cleo] = await Promise.all([
        crowd.person('Ann', { likeness: 'Ann' }),
        crowd.person('Bob', { likeness: 'Bob', screen: 'browser' }),
        crowd.person('Cleo', { likeness: 'Cleo' }),
    ]);
});

after(async () => {
    await crowd.disperse();
    await server?.stop();
});

test('a room is created on the home page, with a link of the documented shape and six digits', async () => {
    room = await ann.createRoom(server.url);
    assert.match(room.link, /^https:\/\/localhost:\d+\/meeting\.html\?room=[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    assert.match(room.code, /^\d{6}$/);
    await ann.screenshot('01-room-created');
});

test('the page before joining shows oneself', async () => {
    await ann.openLobby(room.link);
    await ann.devicesReady();
    await ann.screenshot('02-lobby');
});

test('three people join and see each other', async () => {
    await ann.join(room);
    await ann.screenshot('03-alone');
    await Promise.all([bob.join(room), cleo.join(room)]);
    await untilEqual(() => ann.others(), ['Bob', 'Cleo']);
    await untilEqual(() => bob.others(), ['Ann', 'Cleo']);
    await untilEqual(() => cleo.others(), ['Ann', 'Bob']);
});

for (const viewer of ['Ann', 'Bob', 'Cleo'] as const) {
    test(`${viewer} gets the right picture and the right tone from each of the others`, async () => {
        const person = { Ann: ann, Bob: bob, Cleo: cleo }[viewer];
        for (const other of (['Ann', 'Bob', 'Cleo'] as const).filter((name) => name !== viewer)) {
            await seesRightPicture(person, other);
            await hearsRightTone(person, other);
        }
        await person.screenshot(`04-three-people-${viewer.toLowerCase()}`);
    });
}

test('a second room sees, hears and reads nothing of the first', async () => {
    const dora = await crowd.person('Dora', { likeness: 'Dora' });
    const second = await dora.createRoom(server.url);
    assert.notEqual(second.link, room.link);
    await dora.join(second);
    const twin = await crowd.twin('Dora’s twin', dora);
    await twin.join(second);
    await seesRightPicture(twin, 'Dora');
    await hearsRightTone(twin, 'Dora');
    await ann.say('Only for the first room');
    await twin.say('Only for the second room');
    await dora.openPanel('chat');
    await untilEqual(() => dora.chat(), ['Dora’s twin: Only for the second room']);
    assert.deepEqual(await dora.others(), ['Dora’s twin']);
    assert.deepEqual(await twin.others(), ['Dora']);
    assert.equal(await twin.page.$$eval('[data-testid=remote-audio]', (all) => all.length), 1);
    assert.deepEqual(await ann.others(), ['Bob', 'Cleo']);
    await untilEqual(() => ann.chat(), ['Ann: Only for the first room']);
    await twin.page.browser().close();
});

test('mute and camera off are seen by the others, and nothing is heard or seen until they are undone', async () => {
    await bob.press('mic-button');
    await until(async () => (await ann.tiles()).some(({ name, muted }) => name === 'Bob' && muted));
    await until(async () => ((await ann.hear('Bob'))?.level ?? -200) < -90, { what: 'Ann hears nothing of Bob' });
    await bob.press('camera-button');
    await until(async () => (await ann.tiles()).some(({ name, source, video }) => name === 'Bob' && source === 'camera' && !video));
    await ann.screenshot('05-bob-muted-camera-off');
    await bob.press('mic-button');
    await bob.press('camera-button');
    await seesRightPicture(ann, 'Bob');
    await hearsRightTone(ann, 'Bob');
});

test('chat arrives at everybody in the same order', async () => {
    await ann.say('one');
    await untilEqual(async () => (await ann.chat()).at(-1), 'Ann: one');
    await bob.say('two');
    await Promise.all([ann.say('three'), bob.say('four'), cleo.say('five')]);
    for (const person of [ann, bob, cleo]) await person.openPanel('chat');
    await until(async () => (await Promise.all([ann, bob, cleo].map((person) => person.chat()))).every((chat) => chat.length === 6));
    const chat = await ann.chat();
    assert.deepEqual(chat.slice(0, 3), ['Ann: Only for the first room', 'Ann: one', 'Bob: two']);
    assert.deepEqual(await bob.chat(), chat);
    assert.deepEqual(await cleo.chat(), chat);
    await bob.screenshot('06-chat');
});

test('markup in chat stays text', async () => {
    const markup = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script><b>bold</b> {{7*7}}';
    await bob.say(markup);
    await untilEqual(async () => (await ann.chat()).at(-1), `Bob: ${markup}`);
    assert.equal(await ann.page.evaluate(() => (globalThis as { hacked?: number }).hacked), undefined);
    assert.equal(await ann.page.$$eval('[data-testid=chat-message] *', (all) => all.length), 0);
    await ann.screenshot('07-markup');
    for (const person of [ann, bob, cleo]) await person.closePanel();
});

test('several people share a screen at once', async () => {
    await ann.press('share-button');
    await untilEqual(() => cleo.screens(), ['Ann']);
    await until(async () => (await cleo.frames('Ann', 'screen')) > 3, { what: 'Cleo sees Ann’s screen move' });
    await cleo.screenshot('08-one-screen');
    await bob.press('share-button');
    await untilEqual(() => cleo.screens(), ['Ann', 'Bob']);
    await until(async () => (await cleo.frames('Bob', 'screen')) > 3, { what: 'Cleo sees Bob’s screen' });
    await cleo.screenshot('09-two-screens');
    // Bob captures his own tab, Ann Chromium's test screen: the two cannot be taken for each other.
    const [annScreen, bobScreen] = await Promise.all([cleo.picture('Ann', 'screen'), cleo.picture('Bob', 'screen')]);
    assert.notDeepEqual(annScreen, bobScreen);
});

test('a share ends by the button, and by the browser’s own "stop sharing"', async () => {
    await ann.press('share-button');
    await untilEqual(() => cleo.screens(), ['Bob']);
    await bob.page.$eval('[data-testid=tile][data-self=true][data-source=screen] video', (video) => {
        const [track] = ((video as HTMLVideoElement).srcObject as MediaStream).getVideoTracks();
        track!.stop();
        track!.dispatchEvent(new Event('ended'));
    });
    await untilEqual(() => cleo.screens(), []);
});

test('somebody who comes late sees a first frame within a second, and the chat so far', async () => {
    const times: number[] = [];
    for (let i = 0; i < 3; i++) {
        await cleo.leave();
        await untilEqual(() => ann.others(), ['Bob']);
        await cleo.join(room);
        times.push(Math.round(await cleo.timeToFirstFrame()));
    }
    await seesRightPicture(cleo, 'Ann');
    await seesRightPicture(cleo, 'Bob');
    await hearsRightTone(cleo, 'Bob');
    await cleo.openPanel('chat');
    assert.equal((await cleo.chat()).length, 7);
    await cleo.closePanel();
    // The median: a busy machine may hold up one of them.
    const median = times.toSorted((a, b) => a - b)[1]!;
    assert.ok(median < 1_000, `first frames after ${times.join(', ')} ms`);
});

test('leaving removes the tile', async () => {
    await bob.leave();
    await untilEqual(() => ann.others(), ['Cleo'], 2_000);
    await untilEqual(() => cleo.others(), ['Ann'], 2_000);
    await bob.screenshot('10-left');
});

test('a closed tab is gone as soon as it cannot have been a reload', async () => {
    await cleo.page.close();
    await untilEqual(() => ann.others(), [], 4_000);
});

test('no page threw, and none violated its content security policy', () => {
    assert.deepEqual(crowd.problems(), []);
});
