import assert from 'node:assert/strict';
import { after, before, beforeEach, type TestContext, test } from 'node:test';
import { Gate } from '../src/gate.ts';
import { ImpairedPath } from '../src/impairment.ts';
import { Crowd } from '../src/people.ts';
import type { Person, Room } from '../src/person.ts';
import { freePort, type RunningServer, startServer } from '../src/server.ts';
import { type Seen, startWatching, stopWatching } from '../src/watch.ts';
import { until } from '../src/wait.ts';

/** Where the server says that its media port is: UDP and TCP go through a relay each, which can be cut. */
const ANNOUNCED = '127.0.0.9';
const FINE = { loss: 0, delay: 0, reordering: 0, seed: 1 };
const DEAD = { ...FINE, loss: 1 };

/** A picture may stand still for so many milliseconds without a word. */
const UNSAID = 6_000;

const crowd = new Crowd();
let server: RunningServer;
/** Of pages and signalling. */
let signalling: Gate;
let udp: ImpairedPath;
let tcp: Gate;
let ann: Person;
let bob: Person;
let room: Room;

before(async () => {
    const port = await freePort();
    server = await startServer('moving', { 'announced-address': ANNOUNCED, 'public-url': `https://localhost:${port}/` });
    signalling = await Gate.open(port, server.port);
    udp = await ImpairedPath.open(ANNOUNCED, { address: '127.0.0.1', port: server.mediaPort }, FINE);
    tcp = await Gate.open(server.mediaPort, server.mediaPort, ANNOUNCED);
    [ann, bob] = await Promise.all([crowd.person('Ann', { likeness: 'Ann' }), crowd.person('Bob', { likeness: 'Bob' })]);
    room = await ann.createRoom(`https://localhost:${port}`);
    await ann.join(room);
    await bob.join({ ...room, link: room.link.replace(`:${port}/`, `:${server.port}/`) });
    await Promise.all([ann.timeToFirstFrame(), bob.timeToFirstFrame()]);
});

beforeEach(async () => {
    await Promise.all([goesOn(ann, 'Bob'), goesOn(bob, 'Ann')]);
});

after(async () => {
    await crowd.disperse();
    udp?.close();
    await tcp?.close();
    await signalling?.close();
    await server?.stop();
});

/** `udp` or `tcp`, of each connection that carries media now. */
function paths(person: Person): Promise<string[]> {
    return person.page.evaluate(async () => {
        const { connections } = (globalThis as unknown as { parleyProbe: { connections: RTCPeerConnection[] } }).parleyProbe;
        const open = connections.filter(({ connectionState }) => connectionState === 'connected');
        return Promise.all(open.map(async (connection) => {
            const report = await connection.getStats();
            const all = [...report.values()] as Record<string, unknown>[];
            const transport = all.find(({ type }) => type === 'transport');
            const pair = report.get(String(transport?.['selectedCandidatePairId'])) as Record<string, unknown> | undefined;
            return String((report.get(String(pair?.['localCandidateId'])) as Record<string, unknown> | undefined)?.['protocol']);
        }));
    });
}

async function goesOn(who: Person, whom: string): Promise<void> {
    const before = await who.frames(whom);
    const what = `${whom}’s picture goes on at ${who.name}`;
    await until(async () => Math.abs((await who.frames(whom)) - before) > 5, { what, within: 40_000 });
}

const idOf = (who: Person, whom: string): Promise<string | undefined> =>
    who.page.$eval(`[data-testid=tile][data-name=${whom}]`, (tile) => (tile as HTMLElement).dataset['participantId']);

/** The tone of the other is heard. */
const hears = (who: Person, whom: string, tone: number): Promise<unknown> =>
    until(
        async () => {
            const heard = await who.hear(whom);
            return heard !== undefined && heard.level > -70 && Math.abs(heard.peak - tone) < 30;
        },
        { what: `${who.name} hears ${whom}`, within: 30_000 },
    );

/** What each saw of the other while that happened; nobody may have left, joined, or lost a tile. */
async function watched(t: TestContext, what: string, most: number, happens: () => Promise<void>): Promise<Seen[]> {
    const ids = [await idOf(ann, 'Bob'), await idOf(bob, 'Ann')];
    await Promise.all([startWatching(ann.page, 'Bob'), startWatching(bob.page, 'Ann')]);
    await happens();
    await Promise.all([goesOn(ann, 'Bob'), goesOn(bob, 'Ann')]);
    const [annSaw, bobSaw] = await Promise.all([stopWatching(ann.page), stopWatching(bob.page)]);
    t.diagnostic(`${what}: no new frame for ${annSaw.gap} ms at Ann, for ${bobSaw.gap} ms at Bob`);
    assert.equal(annSaw.absent + bobSaw.absent, 0, 'nobody sees the other leave');
    assert.deepEqual([await idOf(ann, 'Bob'), await idOf(bob, 'Ann')], ids, 'nobody joined again');
    assert.ok(Math.max(annSaw.gap, bobSaw.gap) < most, `${annSaw.gap} and ${bobSaw.gap} ms`);
    await Promise.all([hears(ann, 'Bob', 1_000), hears(bob, 'Ann', 440)]);
    return [annSaw, bobSaw];
}

const allBy = (protocol: string) => async (): Promise<boolean> =>
    [...(await paths(ann)), ...(await paths(bob))].every((path) => path === protocol);

test('media goes by UDP, and an ICE restart in the middle of it is hardly seen', async (t) => {
    await until(allBy('udp'));
    await watched(t, 'ICE restart', 3_000, async () => {
        for (const { page } of [ann, bob]) await page.evaluate(() => globalThis.dispatchEvent(new Event('online')));
        await goesOn(ann, 'Bob');
    });
    await until(allBy('udp'));
});

test('UDP dies: sound and picture come back by TCP, without a rejoin, and the page says what goes on if it takes long', async (t) => {
    const saw = await watched(t, 'UDP → TCP', 20_000, async () => {
        udp.become(DEAD);
        await until(allBy('tcp'), { within: 40_000, every: 100, what: 'everybody is on TCP' });
    });
    // A browser that has a way by TCP ready may take it by itself, without ever calling the connection broken.
    for (const { gap, said } of saw) assert.ok(said || gap < UNSAID, `the picture stood still for ${gap} ms, and nothing was said`);
    await until(async () => !(await ann.page.$('[data-testid=recovering]')), { what: 'all is well again' });
    assert.deepEqual([await ann.state(), await bob.state()], ['connected', 'connected']);
});

test('UDP is back: after the next change of networks media goes by UDP again', async (t) => {
    udp.become(FINE);
    await watched(t, 'TCP → UDP', 20_000, async () => {
        for (const { page } of [ann, bob]) await page.evaluate(() => globalThis.dispatchEvent(new Event('online')));
        await until(allBy('udp'), { within: 30_000, every: 100, what: 'everybody is on UDP' });
    });
});

test('another network: everything that was open is dead without a word, and both signalling and media are made anew', async (t) => {
    await watched(t, 'another network', 25_000, async () => {
        udp.become(DEAD, udp.clients());
        tcp.strand();
        signalling.strand();
        for (const { page } of [ann, bob]) await page.evaluate(() => globalThis.dispatchEvent(new Event('online')));
        await until(async () => (await ann.state()) === 'connected' && !(await ann.page.$('[data-testid=recovering]')), { within: 40_000 });
    });
    await ann.say('from another network');
    await bob.openPanel('chat');
    await until(async () => (await bob.chat()).join().includes('from another network'));
});

test('no page threw, and none violated its content security policy', () => {
    assert.deepEqual(crowd.problems(), []);
});
