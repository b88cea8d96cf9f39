import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Crowd } from '../src/people.ts';
import type { Person, Room } from '../src/person.ts';
import { type RunningServer, startServer } from '../src/server.ts';
import { until, untilEqual } from '../src/wait.ts';

const GRACE_SECONDS = 5;

const crowd = new Crowd();
let server: RunningServer;
let ann: Person;
let bob: Person;
let room: Room;

before(async () => {
    server = await startServer('network', { grace: GRACE_SECONDS });
    [ann, bob] = await Promise.all([crowd.person('Ann', { likeness: 'Ann' }), crowd.person('Bob', { likeness: 'Bob' })]);
    room = await ann.createRoom(server.url);
    await ann.join(room);
    await bob.join(room);
    await Promise.all([ann.timeToFirstFrame(), bob.timeToFirstFrame()]);
});

after(async () => {
    await crowd.disperse();
    await server?.stop();
});

test('a dropped connection is taken up again while media goes on, and the others notice nothing', async () => {
    await ann.page.evaluate(() => {
        const { parleyProbe } = globalThis as unknown as { parleyProbe: { states: (string | undefined)[] } };
        const room = document.querySelector<HTMLElement>('[data-testid=room]')!;
        parleyProbe.states = [];
        new MutationObserver(() => parleyProbe.states.push(room.dataset['state'])).observe(room, { attributeFilter: ['data-state'] });
    });
    const before = await ann.frames('Bob');
    await ann.cutConnection();
    await untilEqual(
        () => ann.page.evaluate(() => (globalThis as unknown as { parleyProbe: { states: string[] } }).parleyProbe.states),
        ['reconnecting', 'connected'],
    );
    assert.deepEqual(await ann.others(), ['Bob']);
    assert.deepEqual(await bob.others(), ['Ann']);
    await until(async () => (await ann.frames('Bob')) > before + 5, { what: 'Bob’s picture goes on', within: 3_000 });
    await ann.say('still here');
    await bob.openPanel('chat');
    await untilEqual(() => bob.chat(), ['Ann: still here']);
});

test('somebody whose browser dies is gone after the grace period', async () => {
    const died = Date.now();
    bob.crash();
    await untilEqual(() => ann.others(), [], (GRACE_SECONDS + 5) * 1_000);
    assert.ok(Date.now() - died > (GRACE_SECONDS - 1) * 1_000, 'not before it');
});

test('no page threw, and none violated its content security policy', () => {
    assert.deepEqual(crowd.problems(), []);
});
