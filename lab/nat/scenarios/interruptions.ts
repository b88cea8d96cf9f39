import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import type { Person } from '../../src/person.ts';
import { seesMovement } from '../../src/proof.ts';
import { until } from '../../src/wait.ts';
import { startWatching, stopWatching } from '../../src/watch.ts';
import { TURN_PORT } from '../coturn.ts';
import { exchange, meet } from '../call.ts';
import type { Lab } from '../lab.ts';
import { noteInterrupted } from '../matrix.ts';
import { currentPaths, inWords, type Path, settledPathsOf } from '../path.ts';
import { RELAY, SERVER, SITES } from '../world.ts';
import { NETWORKS } from './firewalls.ts';

/** How long a connection may take to notice that it is broken, and to be mended. */
const MENDED_WITHIN = 45_000;

/** How long a picture may stand still when a way dies and others are left, milliseconds: 4 s, and more on a busy machine. */
const STANDS_AT_MOST = 6_500;

interface Interruption {
    readonly event: string;
    happens(bob: Person, ann: Person): Promise<void>;
    /** Throws unless a connection of Bob's has got over it. */
    expects(path: Path): void;
    /** How long a picture may stand still, milliseconds. */
    readonly gap?: number;
}

/** What happens to Bob's network while he talks to Ann; nobody joins again. */
export function interruptions(lab: () => Lab): void {
    describe('in the middle of a call', () => {
        afterEach(async () => {
            const problems = await lab().part();
            await lab().router('b', 'cone');
            assert.deepEqual(problems, []);
        });

        const getsOver = async ({ event, happens, expects, gap }: Interruption): Promise<void> => {
            const { first: ann, second: bob } = await meet(lab(), ['ann', 'bob']);
            const seats = await ann.page.$$eval('[data-testid=tile]', (tiles) => tiles.map((tile) => (tile as HTMLElement).dataset['participantId']));
            await Promise.all([startWatching(ann.page, 'Bob'), startWatching(bob.page, 'Ann')]);
            let paths: readonly Path[];
            try {
                await happens(bob, ann);
                paths = await settledPathsOf(bob, expects, MENDED_WITHIN);
                await Promise.all([seesMovement(ann, 'Bob', 'camera', MENDED_WITHIN), seesMovement(bob, 'Ann', 'camera', MENDED_WITHIN)]);
                await exchange(ann, bob);
            } catch (error) {
                console.log(`Bob’s connections: ${JSON.stringify(await currentPaths(bob))}`);
                await lab().takePictures();
                throw error;
            }
            const [sent, received] = await Promise.all([stopWatching(ann.page), stopWatching(bob.page)]);
            noteInterrupted({ event, browsers: 'Chromium – Chromium', paths, gaps: { received: received.gap, sent: sent.gap } });
            const now = await ann.page.$$eval('[data-testid=tile]', (tiles) => tiles.map((tile) => (tile as HTMLElement).dataset['participantId']));
            assert.deepEqual(now, seats, 'nobody has left');
            if (gap !== undefined) assert.ok(Math.max(sent.gap, received.gap) < gap, `no picture for ${sent.gap} and ${received.gap} ms`);
        };

        test('UDP is blocked: media goes on over TCP to the server itself, though the relay may be quicker', async () => {
            const { translation, firewall } = NETWORKS['UDP blocked'];
            await getsOver({
                event: 'UDP blocked',
                happens: () => lab().router('b', translation, firewall),
                expects: (path) => assert.match(inWords(path), /^(prflx|host)\/tcp$/),
                gap: STANDS_AT_MOST,
            });
        });

        test('UDP and the relay are blocked: media goes on over TCP to the server itself', async () => {
            await getsOver({
                event: 'UDP and relay blocked',
                happens: () => lab().router('b', 'cone', { opens: [{ protocol: 'tcp', to: SERVER }], others: 'drop' }),
                expects: (path) => assert.match(inWords(path), /^(prflx|host)\/tcp$/),
                gap: STANDS_AT_MOST,
            });
        });

        test('everything but TCP 443 is blocked: media goes on over TURN and TLS', async () => {
            const { translation, firewall } = NETWORKS['only TCP 443'];
            await getsOver({
                event: 'all but TCP 443 blocked',
                happens: () => lab().router('b', translation, firewall),
                expects: (path) => assert.equal(inWords(path), 'relay/tls'),
                gap: STANDS_AT_MOST,
            });
        });

        test('only the relay is left, by TCP: media goes on through it while the way without it is tried in vain', async () => {
            await getsOver({
                event: 'all but the relay blocked',
                async happens(bob) {
                    await lab().router('b', 'cone', {
                        opens: [{ protocol: 'tcp', to: SERVER, port: 443 }, { protocol: 'tcp', to: RELAY, port: TURN_PORT }],
                        others: 'drop',
                    });
                    await until(async () => (await currentPaths(bob)).every((path) => inWords(path) === 'relay/tcp'), { within: MENDED_WITHIN });
                    await until(() => triedTcp(bob), { what: 'both connections have tried TCP', within: 20_000 });
                },
                expects: (path) => assert.equal(inWords(path), 'relay/tcp'),
                gap: STANDS_AT_MOST,
            });
        });

        test('the network is away for 3 s: media goes on by UDP, and ICE is not restarted again and again', async () => {
            /** When each pair of credentials was first seen, by the connection's number. */
            const known = new Map<string, string>();
            const began = Date.now();
            const look = async (bob: Person): Promise<void> => {
                (await credentials(bob)).forEach((one, i) => known.has(one) || known.set(one, `connection ${i} after ${Date.now() - began} ms`));
            };
            await getsOver({
                event: 'away for 3 s',
                async happens(bob) {
                    await look(bob);
                    await lab().router('b', 'cone', { opens: [], others: 'drop' });
                    await setTimeout(3_000);
                    await lab().router('b', 'cone');
                    const back = Date.now();
                    // Longer than the SDK would wait between one restart and the next.
                    await until(async () => {
                        await look(bob);
                        return Date.now() - back > 6_000;
                    });
                },
                expects: (path) => assert.match(inWords(path), /^(prflx|srflx)\/udp$/),
                gap: STANDS_AT_MOST,
            });
            // What each connection had before, one restart for the silence, and one more if a relay was quickest.
            assert.ok(known.size <= 6, [...known.values()].join(', '));
        });

        test('Bob walks into another network: media goes on from there', async () => {
            try {
                await getsOver({
                    event: 'another network',
                    happens: () => lab().settle('bob', 'c'),
                    expects: ({ address }) => assert.equal(address, SITES.c.outside),
                });
            } finally {
                await lab().part();
                await lab().move('bob');
            }
        });

        test('ICE is restarted: media does not stop', async () => {
            let before: readonly string[] = [];
            let restarted = false;
            await getsOver({
                event: 'ICE restart',
                async happens(bob) {
                    before = await credentials(bob);
                    await bob.page.evaluate(() => globalThis.dispatchEvent(new Event('online')));
                    await until(async () => (await credentials(bob)).every((one) => !before.includes(one)), { what: 'new ICE credentials', within: 30_000 });
                    restarted = true;
                },
                expects: () => assert.ok(restarted),
            });
        });

        test('coturn is killed and comes back: media goes on through it', async () => {
            const { translation, firewall, expects } = NETWORKS['only the relay, by UDP'];
            await lab().router('b', translation, firewall);
            const { daemon } = lab().turn;
            await getsOver({
                event: 'coturn killed and back',
                async happens(bob) {
                    await daemon.stop('SIGKILL');
                    await stands(bob, 'Ann');
                    await daemon.start();
                },
                expects: (path) => expects(path, SITES.b.outside),
            });
        });
    });
}

/** The passwords' names that the server gave for each connection that is in use. */
function credentials(person: Person): Promise<string[]> {
    return person.page.evaluate(() => {
        const { parleyProbe } = globalThis as unknown as { parleyProbe: { connections: RTCPeerConnection[] } };
        return parleyProbe.connections
            .filter(({ signalingState, connectionState }) => signalingState !== 'closed' && connectionState !== 'new')
            .map(({ currentRemoteDescription }) => /a=ice-ufrag:(\S+)/.exec(currentRemoteDescription?.sdp ?? '')?.[1] ?? '');
    });
}

/** Whether each connection in use has gathered what is needed for TCP to the server. */
function triedTcp(person: Person): Promise<boolean> {
    return person.page.evaluate(async () => {
        const { parleyProbe } = globalThis as unknown as { parleyProbe: { connections: RTCPeerConnection[] } };
        const open = parleyProbe.connections.filter(({ connectionState }) => connectionState === 'connected');
        const reports = await Promise.all(open.map((connection) => connection.getStats()));
        return reports.every((report) =>
            [...report.values()].some(({ type, protocol }: { type: string; protocol?: string }) => type === 'local-candidate' && protocol === 'tcp'),
        );
    });
}

/** Waits until a picture has stood still for a second. */
async function stands(viewer: Person, name: string): Promise<void> {
    let frames = -1;
    await until(async () => frames === (frames = await viewer.frames(name)), { every: 1_000, what: `${name}'s picture stands still` });
}
