import assert from 'node:assert/strict';
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { describe, test } from 'node:test';
import { until } from '../../src/wait.ts';
import type { Lab } from '../lab.ts';
import { Network, PREFIX } from '../network.ts';
import type { Translation } from '../routers.ts';
import { run } from '../shell.ts';
import { RELAY, SITES, STRANGER } from '../world.ts';

const ECHO_PORT = 7_000;
const SCRIPT = join(import.meta.dirname, '../mapping.mjs');

type Helper = ChildProcessByStdio<Writable, Readable, null> & { line(): Promise<string> };

/** What each kind of router is to do (RFC 4787, sections 4.1 and 5). */
const KINDS: readonly (readonly [Translation, { mapping: 'one port for all' | 'one for each'; strangers: 'let in' | 'kept out' }])[] = [
    ['full-cone', { mapping: 'one port for all', strangers: 'let in' }],
    ['cone', { mapping: 'one port for all', strangers: 'kept out' }],
    ['symmetric', { mapping: 'one for each', strangers: 'kept out' }],
];

/** The lab itself: its routers do what their names say. */
export function translation(lab: () => Lab): void {
    test('what a run left over that was killed is gone with the next, and what still ran in it', async () => {
        const owner = spawn('true');
        await once(owner, 'close');
        const name = `${PREFIX}${owner.pid}-left`;
        await run('ip', ['netns', 'add', name]);
        const left = spawn('ip', ['netns', 'exec', name, 'sleep', '600']);
        const ended = once(left, 'close');
        await until(async () => (await run('ip', ['netns', 'pids', name])).includes(String(left.pid)), { what: 'something runs in it' });
        Network.sweep();
        await ended;
        assert.ok(!(await run('ip', ['netns', 'list'])).includes(name));
    });

    describe('the lab’s routers', () => {
        for (const [kind, { mapping, strangers }] of KINDS) {
            test(`${kind}: ${mapping}, and strangers are ${strangers}`, async () => {
                const { network } = lab();
                await lab().router('b', kind);
                const helpers: Helper[] = [];
                const start = (node: string, ...parameters: string[]): Helper => {
                    const [ip, ...before] = network.on(node);
                    const child = spawn(ip, [...before, process.execPath, SCRIPT, ...parameters], { stdio: ['pipe', 'pipe', 'inherit'] });
                    const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
                    const helper = Object.assign(child, { line: async () => String((await lines.next()).value) });
                    helpers.push(helper);
                    return helper;
                };
                try {
                    await Promise.all(['relay', 'stranger'].map((node) => start(node, 'echo', String(ECHO_PORT)).line()));
                    const inside = start('bob', 'ask', `${RELAY}:${ECHO_PORT}`, `${STRANGER}:${ECHO_PORT}`);
                    const seen = JSON.parse(await inside.line()) as { address: string; port: number }[];
                    for (const { address } of seen) assert.equal(address, SITES.b.outside);
                    assert.equal(seen[0]!.port === seen[1]!.port, mapping === 'one port for all', JSON.stringify(seen));
                    // From another port than the one that was written to, and before the next answer, which takes the same way.
                    await network.run('stranger', process.execPath, SCRIPT, 'knock', SITES.b.outside, String(seen[1]!.port));
                    inside.stdin.write('\n');
                    assert.deepEqual(JSON.parse(await inside.line()), strangers === 'let in' ? [STRANGER] : []);
                } finally {
                    for (const helper of helpers) helper.kill('SIGKILL');
                }
            });
        }
    });
}
