import assert from 'node:assert/strict';
import { after, before, type TestContext, test } from 'node:test';
import { Gate } from '../src/gate.ts';
import { Crowd } from '../src/people.ts';
import type { Person, Room } from '../src/person.ts';
import { freePort, type RunningServer, startServer } from '../src/server.ts';
import { startWatching, stopWatching } from '../src/watch.ts';
import { until, untilEqual } from '../src/wait.ts';

/** Shorter than the longest cut below, so that the seat is kept because media flows, and not because there is time. */
const GRACE_SECONDS = 3;
const RELOAD_GRACE_SECONDS = 3;
const crowd = new Crowd();
let server: RunningServer;
let gate: Gate;
let ann: Person;
let bob: Person;
let room: Room;

before(async () => {
    const port = await freePort();
    server = await startServer('reconnect', {
        grace: GRACE_SECONDS,
        'reload-grace': RELOAD_GRACE_SECONDS,
        'public-url': `https://localhost:${port}/`,
    });
    gate = await Gate.open(port, server.port);
    [ann, bob] = await Promise.all([crowd.person('Ann', { likeness: 'Ann' }), crowd.person('Bob', { likeness: 'Bob' })]);
    room = await ann.createRoom(`https://localhost:${port}`);
    await ann.join(room);
    // Bob is not behind the gate.
    await bob.join({ ...room, link: room.link.replace(`:${port}/`, `:${server.port}/`) });
    await Promise.all([ann.timeToFirstFrame(), bob.timeToFirstFrame()]);
});

after(async () => {
    await crowd.disperse();
    await gate?.close();
    await server?.stop();
});

async function watching(work: () => Promise<void>): Promise<Record<'annSawBob' | 'bobSawAnn', { gap: number; absent: number }>> {
    await Promise.all([startWatching(ann.page, 'Bob'), startWatching(bob.page, 'Ann')]);
    await work();
    const [annSawBob, bobSawAnn] = await Promise.all([stopWatching(ann.page), stopWatching(bob.page)]);
    return { annSawBob, bobSawAnn };
}

const goesOn = async (who: Person, whom: string): Promise<void> => {
    const before = await who.frames(whom);
    const what = `${whom}’s picture goes on at ${who.name}`;
    // The count begins anew with a new picture.
    await until(async () => Math.abs((await who.frames(whom)) - before) > 5, { what, within: 40_000 });
};

/** The id of the track that is shown. */
const track = (who: Person, whom: string): Promise<string | undefined> =>
    who.page.$eval(`[data-testid=tile][data-name=${whom}][data-source=camera] video`, (video) =>
        ((video as HTMLVideoElement).srcObject as MediaStream | null)?.getVideoTracks()[0]?.id,
    );

async function cut(t: TestContext, seconds: number, how: 'shut' | 'silence'): Promise<void> {
    let flowed: [number, number] = [0, 0];
    const tracks = [await track(ann, 'Bob'), await track(bob, 'Ann')];
    const during = `said by Bob during ${seconds} s (${how})`;
    const seen = await watching(async () => {
        const end = Date.now() + seconds * 1_000;
        const [annFrames, bobFrames] = [await ann.frames('Bob'), await bob.frames('Ann')];
        gate[how]();
        await bob.say(during);
        if (how === 'shut') await until(async () => (await ann.state()) === 'reconnecting');
        await new Promise((resolve) => setTimeout(resolve, end - Date.now()));
        flowed = [(await ann.frames('Bob')) - annFrames, (await bob.frames('Ann')) - bobFrames];
        gate.restore();
        await until(async () => (await ann.state()) === 'connected', { within: 20_000 });
        await ann.openPanel('chat');
        await until(async () => (await ann.chat()).join().includes(during));
        await goesOn(ann, 'Bob');
    });
    t.diagnostic(`${seconds} s ${how}: longest gap Ann→Bob ${seen.bobSawAnn.gap} ms, Bob→Ann ${seen.annSawBob.gap} ms`);
    assert.equal((await ann.chat()).filter((line) => line.includes(during)).length, 1, 'once');
    assert.equal(seen.bobSawAnn.absent, 0, 'Bob sees nobody leave');
    assert.equal(seen.annSawBob.absent, 0, 'Ann keeps everybody on her screen');
    // A slow machine may leave pictures out; what counts is that they went on meanwhile, and that nothing was built anew.
    assert.ok(flowed[0] > seconds && flowed[1] > seconds, `frames while signalling was cut: ${flowed.join(' and ')}`);
    assert.deepEqual([await track(ann, 'Bob'), await track(bob, 'Ann')], tracks, 'the same tracks as before');
}

test('signalling cut for a second: media goes on and nobody notices', (t) => cut(t, 1, 'shut'));

test('signalling cut for longer than the grace period: as long as media flows, the seat is kept', (t) =>
    cut(t, Number(process.env['PARLEY_CUT_SECONDS'] ?? 10), 'shut'));

test('signalling silent for five seconds: what was said arrives when it is back', (t) => cut(t, 5, 'silence'));

test('a reloaded page takes its old place, and nobody sees it leave or join', async (t) => {
    const before = await bob.page.$eval('[data-testid=tile][data-name=Ann]', (tile) => (tile as HTMLElement).dataset['participantId']);
    await startWatching(bob.page, 'Ann');
    const began = Date.now();
    await ann.page.reload();
    await ann.see('room');
    await until(async () => (await ann.frames('Bob')) > 0, { every: 10, what: 'Ann sees Bob again' });
    const annSees = Date.now() - began;
    await goesOn(bob, 'Ann');
    const seen = await stopWatching(bob.page);
    t.diagnostic(`reload: Bob saw no new picture of Ann for ${seen.gap} ms; Ann saw Bob after ${annSees} ms`);
    assert.equal(seen.absent, 0, 'her tile stays');
    assert.deepEqual(await ann.others(), ['Bob']);
    const after = await bob.page.$eval('[data-testid=tile][data-name=Ann]', (tile) => (tile as HTMLElement).dataset['participantId']);
    assert.equal(after, before, 'the same participant');
    assert.ok(seen.gap < 10_000, String(seen.gap));
});

for (const how of ['SIGINT', 'SIGKILL'] as const) {
    test(`a server that ends by ${how} and starts again has everybody back by themselves`, async (t) => {
        let down = 0;
        await bob.say(`before ${how}`);
        const seen = await watching(async () => {
            const began = Date.now();
            await server.restart(how);
            down = Date.now() - began;
            await until(async () => (await ann.state()) === 'connected' && (await bob.state()) === 'connected', { within: 60_000 });
            await Promise.all([goesOn(ann, 'Bob'), goesOn(bob, 'Ann')]);
        });
        t.diagnostic(`${how}: down for ${down} ms; gap Ann→Bob ${seen.bobSawAnn.gap} ms, Bob→Ann ${seen.annSawBob.gap} ms`);
        assert.deepEqual(await ann.others(), ['Bob']);
        assert.deepEqual(await bob.others(), ['Ann']);
        assert.equal(seen.bobSawAnn.absent + seen.annSawBob.absent, 0, 'nobody sees the other leave');
        await bob.say(`after ${how}`);
        await ann.openPanel('chat');
        await until(async () => (await ann.chat()).join().includes(`after ${how}`));
        // What was answered before is kept, for those who were there and for those who come.
        const late = await crowd.twin('Late', ann);
        await late.join(room);
        await late.openPanel('chat');
        for (const who of [ann, late]) {
            await until(async () => (await who.chat()).join().includes(`after ${how}`));
            assert.equal((await who.chat()).filter((line) => line.includes(`before ${how}`)).length, 1, who.name);
        }
        await late.leave();
        await late.page.close();
    });
}

test('a tab that is closed for real is gone within seconds', async (t) => {
    const began = Date.now();
    await bob.page.close();
    await untilEqual(() => ann.others(), [], (RELOAD_GRACE_SECONDS + 3) * 1_000);
    t.diagnostic(`gone after ${Date.now() - began} ms`);
});

test('no page threw, and none violated its content security policy', () => {
    assert.deepEqual(crowd.problems(), []);
});
