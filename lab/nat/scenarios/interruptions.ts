import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import type { Person } from '../../src/person.ts';
import { seesMovement } from '../../src/proof.ts';
import { until } from '../../src/wait.ts';
import { startWatching, stopWatching } from '../../src/watch.ts';
import { exchange, meet } from '../call.ts';
import type { Lab } from '../lab.ts';
import { noteInterrupted } from '../matrix.ts';
import { currentPaths, type Path, pathsOf } from '../path.ts';
import { SERVER, SITES } from '../world.ts';
import { NETWORKS } from './firewalls.ts';

/** How long a connection may take to notice that it is broken, and to be mended. */
const MENDED_WITHIN = 45_000;

interface Interruption {
    readonly event: string;
    happens(bob: Person, ann: Person): Promise<void>;
    /** Whether a connection of Bob's has got over it. */
    isOver(path: Path): boolean;
}

/** What happens to Bob's network while he talks to Ann; nobody joins again. */
export function interruptions(lab: () => Lab): void {
    describe('in the middle of a call', () => {
        afterEach(async () => {
            const problems = await lab().part();
            await lab().router('b', 'cone');
            assert.deepEqual(problems, []);
        });

        const getsOver = async ({ event, happens, isOver }: Interruption): Promise<void> => {
            const { first: ann, second: bob } = await meet(lab(), ['ann', 'bob']);
            const seats = await ann.page.$$eval('[data-testid=tile]', (tiles) => tiles.map((tile) => (tile as HTMLElement).dataset['participantId']));
            await Promise.all([startWatching(ann.page, 'Bob'), startWatching(bob.page, 'Ann')]);
            try {
                await happens(bob, ann);
                await until(async () => {
                    const paths = await currentPaths(bob);
                    return paths.length === 2 && paths.every(isOver);
                }, { within: MENDED_WITHIN, what: `Bob’s connections are mended after: ${event}` });
                await Promise.all([seesMovement(ann, 'Bob', 'camera', MENDED_WITHIN), seesMovement(bob, 'Ann', 'camera', MENDED_WITHIN)]);
                await exchange(ann, bob);
            } catch (error) {
                console.log(`Bob’s connections: ${JSON.stringify(await currentPaths(bob))}`);
                await lab().takePictures();
                throw error;
            }
            const [sent, received] = await Promise.all([stopWatching(ann.page), stopWatching(bob.page)]);
            const paths = await pathsOf(bob);
            noteInterrupted({ event, browsers: 'Chromium – Chromium', paths, gaps: { received: received.gap, sent: sent.gap } });
            const now = await ann.page.$$eval('[data-testid=tile]', (tiles) => tiles.map((tile) => (tile as HTMLElement).dataset['participantId']));
            assert.deepEqual(now, seats, 'nobody has left');
        };

        test('UDP is blocked: media goes on over TCP, by the relay or without it', async () => {
            const { translation, firewall } = NETWORKS['UDP blocked'];
            await getsOver({
                event: 'UDP blocked',
                happens: () => lab().router('b', translation, firewall),
                isOver: ({ type, protocol, relayProtocol }) => (type === 'relay' ? relayProtocol !== 'udp' : protocol === 'tcp'),
            });
        });

        test('UDP and the relay are blocked: media goes on over TCP to the server itself', async () => {
            await getsOver({
                event: 'UDP and relay blocked',
                happens: () => lab().router('b', 'cone', { opens: [{ protocol: 'tcp', to: SERVER }], others: 'drop' }),
                isOver: ({ type, protocol }) => type !== 'relay' && protocol === 'tcp',
            });
        });

        test('everything but TCP 443 is blocked: media goes on over TURN and TLS', async () => {
            const { translation, firewall } = NETWORKS['only TCP 443'];
            await getsOver({
                event: 'all but TCP 443 blocked',
                happens: () => lab().router('b', translation, firewall),
                isOver: ({ type, relayProtocol }) => type === 'relay' && relayProtocol === 'tls',
            });
        });

        test('Bob walks into another network: media goes on from there', async () => {
            try {
                await getsOver({
                    event: 'another network',
                    happens: () => lab().settle('bob', 'c'),
                    isOver: ({ address }) => address === SITES.c.outside,
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
                isOver: () => restarted,
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
                isOver: (path) => {
                    expects(path, SITES.b.outside);
                    return true;
                },
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

/** Waits until a picture has stood still for a second. */
async function stands(viewer: Person, name: string): Promise<void> {
    let frames = -1;
    await until(async () => frames === (frames = await viewer.frames(name)), { every: 1_000, what: `${name}'s picture stands still` });
}
