import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Crowd } from '../src/people.ts';
import type { Person } from '../src/person.ts';
import { type RunningServer, startServer } from '../src/server.ts';

const JOINS = 20;

const crowd = new Crowd();
let server: RunningServer;
let ann: Person;
let bob: Person;

before(async () => {
    server = await startServer('join-time');
    [ann, bob] = await Promise.all([crowd.person('Ann', { likeness: 'Ann' }), crowd.person('Bob', { likeness: 'Bob' })]);
});

after(async () => {
    await crowd.disperse();
    await server?.stop();
});

test(`from pressing Join to the first remote frame, ${JOINS} times`, async () => {
    const room = await ann.createRoom(server.url);
    await ann.join(room);
    const times: number[] = [];
    for (let i = 0; i < JOINS; i++) {
        await bob.join(room);
        times.push(Math.round(await bob.timeToFirstFrame()));
        await bob.leave();
    }
    times.sort((a, b) => a - b);
    const percentile = (share: number): number => times[Math.ceil(share * times.length) - 1]!;
    const [p50, p95] = [percentile(0.5), percentile(0.95)];
    console.log(`join to first remote frame: p50 ${p50} ms, p95 ${p95} ms, all ${times.join(' ')}`);
    assert.ok(p50 < 1_000, `p50 is ${p50} ms`);
});
