import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const web = resolve(import.meta.dirname, '../..');
const DEPENDENCIES = ['mediasoup-client', 'socket.io-client'];

const folder = mkdtempSync(join(tmpdir(), 'parley-package-'));
const consumer = join(folder, 'consumer');
const installed = join(consumer, 'node_modules/@parley/client');
let packed: readonly string[];

const node = (...args: string[]): string => run(process.execPath, args, consumer);

function run(command: string, args: readonly string[], cwd: string): string {
    try {
        return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: 'pipe' });
    } catch (error) {
        const { stdout, stderr } = error as { stdout: string; stderr: string };
        throw new Error(`${command} ${args.join(' ')}\n${stdout}\n${stderr}`);
    }
}

/** Built, packed, and put into an otherwise empty folder as npm would; its dependencies are those that are here. */
beforeAll(() => {
    const build = join(folder, 'build');
    run(process.execPath, [join(web, 'tools/client-package.mjs'), build], web);
    const [{ filename, files }] = JSON.parse(run('npm', ['pack', '--json', '--ignore-scripts', '--offline', '--loglevel=error'], build));
    packed = (files as { path: string }[]).map(({ path }) => path);
    mkdirSync(installed, { recursive: true });
    run('tar', ['xzf', join(build, filename as string), '--strip-components=1', '-C', installed], folder);
    for (const name of DEPENDENCIES) {
        symlinkSync(join(web, 'node_modules', name), join(consumer, 'node_modules', name));
    }
    writeFileSync(join(consumer, 'package.json'), JSON.stringify({ name: 'consumer', private: true, type: 'module' }));
}, 180_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function filesBelow(at: string): string[] {
    return readdirSync(at).flatMap((name) => {
        const path = join(at, name);
        return statSync(path).isDirectory() ? filesBelow(path) : [path];
    });
}

describe('the npm package', () => {
    test('has modules, types, words and a licence, and nothing else', () => {
        expect(packed).toEqual(expect.arrayContaining(['package.json', 'README.md', 'LICENSE', 'third-party.txt', 'dist/index.js', 'dist/element.js',
            'dist/sdk/index.d.ts', 'dist/app/embed/index.d.ts']));
        expect(packed.filter((path) => !/^(package\.json|README\.md|LICENSE|third-party\.txt|dist\/.*\.(js|d\.ts|wasm|tflite))$/.test(path))).toEqual([]);
        expect(packed.filter((path) => /test|fake|preview/i.test(path))).toEqual([]);
    });

    test('wants the versions that it was tested with', () => {
        const wanted = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')).dependencies;
        const { dependencies } = JSON.parse(readFileSync(join(web, 'package.json'), 'utf8'));
        expect(wanted).toEqual(Object.fromEntries(DEPENDENCIES.map((name) => [name, dependencies[name]])));
    });

    test('needs nothing but those: every module that is imported is there', () => {
        const foreign = new Set<string>();
        for (const file of filesBelow(join(installed, 'dist'))) {
            const text = readFileSync(file, 'utf8');
            for (const [, path] of text.matchAll(/(?:^|[;}\s])(?:import|export)\s[^'"`;]*?from\s*["']([^"']+)["']|import\(["']([^"']+)["']\)/gm)) {
                if (path?.startsWith('.')) {
                    expect(filesBelow(installed), `${path} in ${file}`).toContain(join(dirname(file), path.replace(/\.js$/, file.endsWith('.d.ts') ? '.d.ts' : '.js')));
                } else if (path !== undefined) {
                    foreign.add(path.split('/')[0]!);
                }
            }
        }
        expect([...foreign].filter((name) => !DEPENDENCIES.includes(name))).toEqual([]);
    });

    test.each(['bundler', 'nodenext'])('type-checks in a program whose modules are found by the rules of %s', (rules) => {
        writeFileSync(join(consumer, 'example.ts'), EXAMPLE);
        writeFileSync(join(consumer, 'tsconfig.json'), JSON.stringify({
            compilerOptions: { strict: true, noEmit: true, target: 'es2023', lib: ['es2023', 'dom', 'dom.iterable'], types: [],
                module: rules === 'bundler' ? 'esnext' : 'nodenext', moduleResolution: rules, skipLibCheck: true },
            files: ['example.ts'],
        }));
        node(join(web, 'node_modules/typescript/bin/tsc'), '-p', '.');
        writeFileSync(join(consumer, 'example.ts'), `${EXAMPLE}\nmeeting.on('chatMessage', ({ txet }) => txet);`);
        expect(() => node(join(web, 'node_modules/typescript/bin/tsc'), '-p', '.')).toThrow(/txet/);
    }, 60_000);

    test('runs: a program says in words that there is no server', () => {
        writeFileSync(join(consumer, 'run.mjs'), `
            import { ParleyClient, ParleyError } from '@parley/client';
            const client = new ParleyClient({ url: 'https://127.0.0.1:9' });
            try {
                await client.createRoom();
            } catch (error) {
                console.log(error instanceof ParleyError, error.code);
            }
            client.close();
            process.exit(0);
        `);
        expect(node('run.mjs').trim()).toBe('true signalling/unreachable');
    }, 60_000);
});

const EXAMPLE = `
import { openCamera, ParleyClient, type Meeting } from '@parley/client';
import { ParleyMeetingElement, type ParleyMeetingEvents } from '@parley/client/element';

const meeting: Meeting = await new ParleyClient({ url: 'https://meet.example.org' }).join({ roomId: 'r', code: '1', name: 'Ann' });
await meeting.publish('camera', await openCamera());
const names: string[] = meeting.getSnapshot().participants.map(({ name }) => name);
meeting.on('chatMessage', ({ name, text }) => console.log(name.length + text.length, names));

const element: ParleyMeetingElement = document.createElement('parley-meeting');
element.addEventListener('parley-left', ({ detail }) => console.log(detail.reason satisfies ParleyMeetingEvents['left']['reason']));
void element.leave();
`;
