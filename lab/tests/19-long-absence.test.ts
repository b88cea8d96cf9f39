import assert from 'node:assert/strict';
import { after, before, type TestContext, test } from 'node:test';
import { Gate } from '../src/gate.ts';
import { Crowd } from '../src/people.ts';
import type { Person, Room } from '../src/person.ts';
import { freePort, type RunningServer, startServer } from '../src/server.ts';
import { startWatching, stopWatching } from '../src/watch.ts';
import { until } from '../src/wait.ts';

const CUT_SECONDS = 60;
const ASLEEP_SECONDS = 15;
const crowd = new Crowd();
let server: RunningServer;
let gate: Gate;

/** Two people in a room of their own; the second has not come through the gate. */
interface Pair {
    readonly away: Person;
    readonly there: Person;
}
let cut: Pair;
let sleeping: Pair;

async function meet(away: Person, there: Person, url: string): Promise<Pair> {
    const room = await away.createRoom(url);
    // The link leads through the gate, which is not for everybody.
    const through = (port: number | string): Room => ({ ...room, link: room.link.replace(/:\d+\//, `:${port}/`) });
    await away.join(through(new URL(url).port));
    await there.join(through(server.port));
    await Promise.all([away.timeToFirstFrame(), there.timeToFirstFrame()]);
    return { away, there };
}

before(async () => {
    const port = await freePort();
    // The default grace period is 20 s: the seat must be kept because media flows.
    server = await startServer('long-absence', { 'public-url': `https://localhost:${port}/` });
    gate = await Gate.open(port, server.port);
    const ann = await crowd.person('Ann', { likeness: 'Ann', small: true });
    const [bob, cleo, dora] = await Promise.all([crowd.twin('Bob', ann), crowd.twin('Cleo', ann), crowd.twin('Dora', ann)]);
    // Most of what four of them cost is drawing.
    await Promise.all([ann, bob, cleo, dora].map(({ page }) => page.setViewport({ width: 800, height: 500 })));
    cut = await meet(ann, bob, `https://localhost:${port}`);
    sleeping = await meet(cleo, dora, server.url);
});

after(async () => {
    await crowd.disperse();
    await gate?.close();
    await server?.stop();
});

const said = async (who: Person, text: string): Promise<number> => (await who.chat()).filter((line) => line.includes(text)).length;

async function cutForAMinute(t: TestContext): Promise<void> {
    const { away, there } = cut;
    await Promise.all([startWatching(away.page, there.name), startWatching(there.page, away.name)]);
    const end = Date.now() + CUT_SECONDS * 1_000;
    gate.shut();
    await until(async () => (await away.state()) === 'reconnecting');
    await there.say('said while you were away');
    await away.openPanel('chat');
    await away.fill('chat-input', 'written while away');
    await away.press('chat-send');
    let frames = await Promise.all([away.frames(there.name), there.frames(away.name)]);
    while (Date.now() < end) {
        await new Promise((resolve) => setTimeout(resolve, Math.min(10_000, end - Date.now() + 1)));
        const now = await Promise.all([away.frames(there.name), there.frames(away.name)]);
        assert.ok(now[0] > frames[0] && now[1] > frames[1], `media goes on: ${frames.join()} → ${now.join()}`);
        frames = now;
    }
    gate.restore();
    const restored = Date.now();
    await until(async () => (await away.state()) === 'connected', { within: 30_000 });
    const back = Date.now() - restored;
    await until(async () => (await said(away, 'said while you were away')) > 0);
    await until(async () => (await said(there, 'written while away')) > 0, { within: 30_000 });
    assert.equal(await said(away, 'said while you were away'), 1, 'delivered once');
    assert.equal(await said(there, 'written while away'), 1, 'delivered once');
    const [saw, wasSeen] = await Promise.all([stopWatching(away.page), stopWatching(there.page)]);
    t.diagnostic(`cut for ${CUT_SECONDS} s: connected ${back} ms after; longest gaps ${saw.gap} and ${wasSeen.gap} ms`);
    assert.equal(saw.absent + wasSeen.absent, 0, 'nobody sees the other leave');
}

async function asleep(t: TestContext): Promise<void> {
    const { away, there } = sleeping;
    await startWatching(there.page, away.name);
    const session = await away.page.createCDPSession();
    await session.send('Page.setWebLifecycleState', { state: 'frozen' });
    await there.say('said while you slept');
    await new Promise((resolve) => setTimeout(resolve, ASLEEP_SECONDS * 1_000));
    await session.send('Page.setWebLifecycleState', { state: 'active' });
    const woke = Date.now();
    await until(async () => (await away.state()) === 'connected', { within: 30_000 });
    const before = await away.frames(there.name);
    await until(async () => (await away.frames(there.name)) !== before, { within: 30_000, what: 'the picture goes on after sleep' });
    await away.openPanel('chat');
    await until(async () => (await said(away, 'said while you slept')) > 0, { within: 30_000 });
    const back = Date.now() - woke;
    assert.equal(await said(away, 'said while you slept'), 1, 'delivered once');
    assert.deepEqual(await away.others(), [there.name]);
    const { absent, gap } = await stopWatching(there.page);
    t.diagnostic(`asleep for ${ASLEEP_SECONDS} s: up to date ${back} ms after; the other saw no new picture for ${gap} ms`);
    assert.equal(absent, 0, 'nobody sees a leave');
}

// As a number: true means one less than the machine has cores.
test('while a minute passes', { concurrency: 2 }, async (t) => {
    await Promise.all([
        t.test('signalling is cut for 60 s: media goes on, nobody leaves, chat of both sides arrives once', cutForAMinute),
        t.test('a computer sleeps for 15 s: everything is as it should be when it wakes', asleep),
    ]);
});

test('no page threw, and none violated its content security policy', () => {
    assert.deepEqual(crowd.problems(), []);
});
