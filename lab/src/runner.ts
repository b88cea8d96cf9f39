import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

/**
 * Runs files of tests, each in a process of its own, several at a time. When a file has ended, whatever the end, nothing that it
 * started is left: neither browsers nor servers, in whatever group, session or network namespace they are, nor their files.
 *
 *     tsx src/runner.ts [--at-once=N] [--limit=SECONDS] [--alone=NAME]... [--first=NAME]... [--own-network=NAME]...
 *         [--again=N] [--report=FILE] FILE...
 *
 * What a file says is shown when it has ended. `--alone` names files beside which nothing else runs, `--first` those with which the
 * others begin, in that order, so that a long one does not go on by itself at the end; `--own-network` those that `tools/own-network` runs.
 *
 * With `--again`, files that failed run a second time, by themselves, if they are no more than that: people's waiting times on a
 * machine that others use too are not what the code alone decides. What failed first is shown and named all the same, and a second
 * failure is final.
 *
 * The report's first line is how many tests ran, failed, and were skipped; its second the files that only passed the second time.
 * What failed, and why, is in the file that is named like the report with `.failures` after it.
 */
const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
        'at-once': { type: 'string', default: '1' },
        limit: { type: 'string', default: '600' },
        alone: { type: 'string', multiple: true, default: [] },
        first: { type: 'string', multiple: true, default: [] },
        'own-network': { type: 'string', multiple: true, default: [] },
        again: { type: 'string', default: '0' },
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
/** Of each file, how it went the last time. */
const results = new Map<string, Counts>();
/** What is to be read first when something is wrong. */
const failures: string[] = [];

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

/** What a file says of the tests in it that failed, or else the end of what it says. */
function failuresIn(said: string): string {
    const from = said.lastIndexOf('failing tests:');
    const lines = from < 0 ? said.trimEnd().split('\n').slice(-20) : said.slice(from).trimEnd().split('\n').slice(1, 81);
    return lines.join('\n').trim();
}

async function run(file: string, attempt = 1): Promise<void> {
    const name = nameOf(file);
    // A short name: the path of a browser's socket may not have more than 108 bytes.
    const folder = mkdtempSync(join(tmpdir(), 'parley-'));
    running.set(name, folder);
    const tap = join(folder, 'report.tap');
    const began = Date.now();
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
            stdio: ['ignore', 'pipe', 'pipe'],
            env: { ...process.env, TMPDIR: folder, [MARK]: `${process.pid} ${name}` },
        },
    );
    let said = '';
    let shown = 0;
    const show = (): void => {
        process.stdout.write(said.slice(shown));
        shown = said.length;
    };
    for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding('utf8').on('data', (text: string) => {
            said += text;
            if (positionals.length === 1) show();
        });
    }
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
    results.set(file, counts);
    if (attempt > 1) note += ', the second time';
    const summary = `── ${name}: ${counts.ran - counts.bad} passed, ${counts.bad} failed, ${Math.round((Date.now() - began) / 1_000)} s${note}`;
    if (counts.bad > 0) failures.push(`${summary}\n${failuresIn(said)}\n`);
    said = `${said.trimEnd()}\n${summary}\n\n`;
    show();
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
/** How many others are to begin before a file. */
const rank = (file: string): number => (values.first.includes(nameOf(file)) ? values.first.indexOf(nameOf(file)) : values.first.length);
const queue = positionals.filter((file) => !isAlone(file)).sort((a, b) => rank(a) - rank(b));
await Promise.all(
    Array.from({ length: Number(values['at-once']) }, async () => {
        for (let file = queue.shift(); file !== undefined; file = queue.shift()) await run(file);
    }),
);
const failed = positionals.filter((file) => results.get(file)!.bad > 0);
const again = failed.length <= Number(values.again) ? failed : [];
for (const file of again) {
    console.log(`── ${nameOf(file)} failed, and runs once more\n`);
    await run(file, 2);
}
const sum = (key: keyof Counts): number => [...results.values()].reduce((all, counts) => all + counts[key], 0);
const total: Counts = { ran: sum('ran'), bad: sum('bad'), skipped: sum('skipped') };
if (values.report !== undefined) {
    const second = again.filter((file) => results.get(file)!.bad === 0).map(nameOf);
    writeFileSync(values.report, `${total.ran} ${total.bad} ${total.skipped}\n${second.join(' ')}\n`);
    writeFileSync(`${values.report}.failures`, failures.join('\n'));
}
process.exitCode = total.bad === 0 && total.ran > 0 ? 0 : 1;
