import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

/**
 * Runs files of tests, each in a process of its own, several at a time. When a file has ended, whatever the end, nothing that it
 * started is left: neither browsers nor servers, in whatever group, session or network namespace they are, nor their files.
 *
 *     tsx src/runner.ts [--at-once=N] [--limit=SECONDS] [--alone=NAME]... [--own-network=NAME]... [--report=FILE] FILE...
 *
 * What a file says is shown when it has ended. `--alone` names files beside which nothing else runs,
 * `--own-network` those that `tools/own-network` runs. The report is one line: how many tests ran, failed, and were skipped.
 */
const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
        'at-once': { type: 'string', default: '1' },
        limit: { type: 'string', default: '600' },
        alone: { type: 'string', multiple: true, default: [] },
        'own-network': { type: 'string', multiple: true, default: [] },
        report: { type: 'string' },
    },
});

const ROOT = resolve(import.meta.dirname, '../..');

/** In the environment of everything that a file starts. */
const MARK = 'PARLEY_LAB_FILE';

interface Counts {
    ran: number;
    bad: number;
    skipped: number;
}

/** The files that run, with the folder that each has for what it makes. */
const running = new Map<string, string>();
const total: Counts = { ran: 0, bad: 0, skipped: 0 };

/** The name of a file without what all have. */
const nameOf = (file: string): string => basename(file).replace(/\.test\.ts$/, '');

/** Ends what a file started and did not end. @returns whether all of it could be ended */
function reap(name: string): boolean {
    return spawnSync(join(ROOT, 'tools/reap'), [`${MARK}=${process.pid} ${name}`], { stdio: 'inherit' }).status === 0;
}

/** How many tests a file ran, by its report in the TAP format. A file that was ended has none. */
function countsOf(tap: string): Counts | undefined {
    let text: string;
    try {
        text = readFileSync(tap, 'utf8');
    } catch {
        return undefined;
    }
    const sum = (words: string): number => [...text.matchAll(new RegExp(`^# (?:${words}) (\\d+)$`, 'gm'))].reduce((all, [, n]) => all + Number(n), 0);
    return /^# tests \d/m.test(text) ? { ran: sum('tests'), bad: sum('fail|cancelled'), skipped: sum('skipped|todo') } : undefined;
}

async function run(file: string): Promise<void> {
    const name = nameOf(file);
    // A short name: the path of a browser's socket may not have more than 108 bytes.
    const folder = mkdtempSync(join(tmpdir(), 'parley-'));
    running.set(name, folder);
    const tap = join(folder, 'report.tap');
    const began = Date.now();
    const streams = positionals.length === 1;
    const apart = values['own-network'].includes(name) ? [join(ROOT, 'tools/own-network')] : [];
    const [program = process.execPath, ...before] = [...apart, process.execPath];
    const child = spawn(
        program,
        [
            ...before,
            '--import', 'tsx', '--test-reporter=spec', '--test-reporter-destination=stdout',
            '--test-reporter=tap', `--test-reporter-destination=${tap}`, file,
        ],
        // A group of its own: Ctrl-C is for this process, which ends the others in order.
        {
            detached: true,
            stdio: ['ignore', streams ? 'inherit' : 'pipe', streams ? 'inherit' : 'pipe'],
            env: { ...process.env, TMPDIR: folder, [MARK]: `${process.pid} ${name}` },
        },
    );
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text: string) => (said += text));
    let late = false;
    const limit = setTimeout(() => {
        late = true;
        reap(name);
    }, Number(values.limit) * 1_000);
    // Not 'close': something that was left over may hold the other end.
    const code = await new Promise<number | null>((resolve) => child.once('exit', resolve).once('error', () => resolve(null)));
    clearTimeout(limit);
    const clean = reap(name);
    const counts = countsOf(tap) ?? { ran: 1, bad: 1, skipped: 0 };
    rmSync(folder, { recursive: true, force: true });
    running.delete(name);
    let note = '';
    if (late) note = `, ended after its limit of ${values.limit} s`;
    else if (code !== 0 && code !== 1) note = `, ended by ${child.signalCode ?? code}`;
    else if (!clean) note = ', left processes that cannot be ended';
    if (counts.bad === 0 && (code !== 0 || note !== '')) counts.bad = 1;
    for (const key of ['ran', 'bad', 'skipped'] as const) total[key] += counts[key];
    console.log(`${said.trimEnd()}\n── ${name}: ${counts.ran - counts.bad} passed, ${counts.bad} failed, ${Math.round((Date.now() - began) / 1_000)} s${note}\n`);
}

function interrupted(): void {
    for (const [name, folder] of running) {
        reap(name);
        rmSync(folder, { recursive: true, force: true });
    }
    process.exit(130);
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, interrupted);

const isAlone = (file: string): boolean => values.alone.includes(nameOf(file));
for (const file of positionals.filter(isAlone)) await run(file);
const queue = positionals.filter((file) => !isAlone(file));
await Promise.all(
    Array.from({ length: Number(values['at-once']) }, async () => {
        for (let file = queue.shift(); file !== undefined; file = queue.shift()) await run(file);
    }),
);
if (values.report !== undefined) writeFileSync(values.report, `${total.ran} ${total.bad} ${total.skipped}\n`);
process.exitCode = total.bad === 0 && total.ran > 0 ? 0 : 1;
