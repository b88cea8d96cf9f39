import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { test } from 'node:test';
import { until } from '../src/wait.ts';

const SOURCES = join(import.meta.dirname, '../src');

interface Run {
    readonly runner: ChildProcess;
    /** What it has said so far. */
    said(): string;
    /** The exit code. */
    readonly ended: Promise<number | null>;
    /** The programs that run on its behalf, with their ids. */
    programs(): Map<number, string>;
    /** What it has left of files, which are gone then. */
    files(): string[];
}

/** The runner of these tests with a file that starts those programs and never ends. */
function run(starts: string, ...options: string[]): Run {
    // Not in this run's own: the path of a browser's socket may not have more than 108 bytes.
    const folder = mkdtempSync('/tmp/parley-');
    const runner = spawn(process.execPath, ['--import', 'tsx', join(SOURCES, 'runner.ts'), ...options, join(SOURCES, 'leftovers.ts')], {
        stdio: ['ignore', 'pipe', 'inherit'],
        env: { ...process.env, PARLEY_LEFTOVERS: starts, TMPDIR: folder },
    });
    let text = '';
    runner.stdout!.setEncoding('utf8').on('data', (more: string) => (text += more));
    return {
        runner,
        said: () => text,
        ended: new Promise((resolve) => runner.once('exit', resolve)),
        files: () => {
            const left = readdirSync(folder).filter((name) => name.startsWith('parley-'));
            rmSync(folder, { recursive: true });
            return left;
        },
        programs: () => new Map(readdirSync('/proc').flatMap((id): [number, string][] => {
            try {
                const marked = readFileSync(`/proc/${id}/environ`, 'latin1').includes(`PARLEY_LAB_FILE=${runner.pid} leftovers.ts\0`);
                return marked ? [[Number(id), basename(readlinkSync(`/proc/${id}/exe`))]] : [];
            } catch {
                return []; // not a process, or not any more
            }
        })),
    };
}

/** The runner with that file of those sources. */
function runFixture(file: string, environment: Record<string, string>, ...options: string[]): Promise<string> {
    const child = spawn(process.execPath, ['--import', 'tsx', join(SOURCES, 'runner.ts'), ...options, join(SOURCES, file)], {
        stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, ...environment },
    });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (more: string) => (text += more));
    return new Promise((resolve) => child.once('close', (code) => resolve(`${text}exit ${code}`)));
}

/** Waits until all of them run. */
async function untilRunning({ programs }: Run, ...patterns: RegExp[]): Promise<void> {
    const all = (): boolean => patterns.every((pattern) => [...programs().values()].some((program) => pattern.test(program)));
    await until(all, { within: 90_000, what: `${patterns.join(', ')} run` });
}

test('a file that is killed leaves no browser and no server behind', async () => {
    const one = run('server,chromium,firefox');
    await untilRunning(one, /java/, /chrom/, /firefox/);
    const [file] = [...one.programs()].filter(([, program]) => program === 'node').map(([id]) => id).sort((a, b) => a - b);
    process.kill(file!, 'SIGKILL');
    assert.equal(await one.ended, 1);
    assert.match(one.said(), /leftovers\.ts: 0 passed, 1 failed, .* SIGKILL/);
    assert.deepEqual([...one.programs().values(), ...one.files()], []);
});

test('Ctrl-C ends everything', async () => {
    const one = run('server,chromium');
    await untilRunning(one, /java/, /chrom/);
    one.runner.kill('SIGINT');
    assert.equal(await one.ended, 130);
    assert.deepEqual([...one.programs().values(), ...one.files()], []);
});

test('a file that takes too long is ended with all that it started, and counts as failed', async () => {
    const one = run('chromium', '--limit=15');
    await untilRunning(one, /chrom/);
    assert.equal(await one.ended, 1);
    assert.match(one.said(), /leftovers\.ts: 0 passed, 1 failed, .* ended after its limit of 15 s/);
    assert.deepEqual([...one.programs().values(), ...one.files()], []);
});

test('the longest files begin, and the others follow in their order', async () => {
    const folder = mkdtempSync('/tmp/parley-');
    try {
        const files = ['a', 'b', 'c', 'd'].map((name) => join(folder, `${name}.test.ts`));
        files.forEach((file) => writeFileSync(file, "import { test } from 'node:test'; test('passes', () => {});"));
        const [last, ...others] = files;
        const said = await runFixture(relative(SOURCES, last!), {}, ...others, '--alone=b', '--first=d', '--first=c');
        assert.deepEqual([...said.matchAll(/^── (\w): 1 passed/gm)].map(([, name]) => name), ['b', 'd', 'c', 'a']);
    } finally {
        rmSync(folder, { recursive: true });
    }
});

test('a file that fails runs once more where that is wanted, and what failed is named all the same', async () => {
    const folder = mkdtempSync('/tmp/parley-');
    try {
        const report = join(folder, 'report');
        const attempt = (failing: number, again: number, number: string): Promise<string> => runFixture('wavering.ts',
            { PARLEY_WAVERING: `${join(folder, number)} ${failing}` }, `--again=${again}`, `--report=${report}`);
        const reports = (): string[] => [report, `${report}.failures`].map((file) => readFileSync(file, 'utf8'));

        assert.match(await attempt(1, 1, 'once'), /1 passed, 1 failed[^]*runs once more[^]*2 passed, 0 failed, \d+ s, the second time[^]*exit 0$/);
        assert.equal(reports()[0], '2 0 0\nwavering.ts\n');
        assert.match(reports()[1]!, /wavers[^]*attempt 1/);

        assert.match(await attempt(2, 1, 'twice'), /1 passed, 1 failed[^]*1 passed, 1 failed, \d+ s, the second time[^]*exit 1$/);
        assert.equal(reports()[0], '2 1 0\n\n');
        assert.match(reports()[1]!, /attempt 1[^]*attempt 2/);

        const once = await attempt(1, 0, 'never');
        assert.match(once, /1 passed, 1 failed[^]*exit 1$/);
        assert.doesNotMatch(once, /once more/);
    } finally {
        rmSync(folder, { recursive: true });
    }
});
