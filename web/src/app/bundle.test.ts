import { gzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';
import { beforeAll, describe, expect, test, vi } from 'vitest';

/** Bytes after gzip until the page is there to be used: everything that it needs to be drawn, in German with English beside it. */
const FIRST_LOAD = 90_000;
/** With the SDK, mediasoup-client and socket.io-client, which arrive while name and code are being entered: all until one is in. */
const WHOLE_MEETING = 150_000;
const HOME = 50_000;

type Output = Rolldown.RolldownOutput['output'];
type Chunk = Extract<Output[number], { type: 'chunk' }>;

let output: Output;

beforeAll(async () => {
    // As for people, not for tests.
    vi.stubEnv('NODE_ENV', 'production');
    const built = await build({ mode: 'production', logLevel: 'error', build: { write: false } });
    vi.unstubAllEnvs();
    output = (built as Rolldown.RolldownOutput).output;
}, 120_000);

const chunks = () => output.filter((file): file is Chunk => file.type === 'chunk');
const chunkOf = (part: string) => {
    const found = chunks().find(({ moduleIds }) => moduleIds.some((id) => id.replaceAll('\\', '/').endsWith(part)));
    expect(found, part).toBeDefined();
    return found as Chunk;
};

/** The chunks that these need, themselves included, with their styles. */
function loadedFor(...starts: Chunk[]): Set<string> {
    const files = new Set<string>();
    const take = (name: string): void => {
        const chunk = chunks().find(({ fileName }) => fileName === name);
        if (chunk !== undefined && !files.has(name)) {
            files.add(name);
            const { importedCss = new Set<string>() } = (chunk as { viteMetadata?: { importedCss: Set<string> } }).viteMetadata ?? {};
            importedCss.forEach((style) => files.add(style));
            chunk.imports.forEach(take);
        }
    };
    starts.forEach(({ fileName }) => take(fileName));
    return files;
}

function zipped(files: Set<string>): number {
    const sizes = output.filter(({ fileName }) => files.has(fileName))
        .map((file) => gzipSync(file.type === 'chunk' ? file.code : file.source).length);
    return sizes.reduce((sum, size) => sum + size, 0);
}

describe('what is loaded', () => {
    test('for the page of a meeting stays small', () => {
        const page = [chunkOf('/app/meeting.tsx'), chunkOf('/i18n/de/index.ts')];
        const sizes = {
            first: zipped(loadedFor(...page)),
            whole: zipped(loadedFor(...page, chunkOf('/sdk/index.ts'), chunkOf('/handlers/Chrome111.js'))),
        };
        console.log('The page of a meeting loads, in bytes after gzip:', sizes);
        expect(sizes.first).toBeLessThan(FIRST_LOAD);
        expect(sizes.whole).toBeLessThan(WHOLE_MEETING);
    });

    test('for the home page stays smaller', () => {
        const size = zipped(loadedFor(chunkOf('/app/home.tsx'), chunkOf('/i18n/de/index.ts')));
        console.log('The home page loads, in bytes after gzip:', size);
        expect(size).toBeLessThan(HOME);
    });

    test('leaves out what is not seen at first', () => {
        const files = loadedFor(chunkOf('/app/meeting.tsx'), chunkOf('/sdk/index.ts'));
        const later = ['/chat/ChatPanel.tsx', '/people/PeoplePanel.tsx', '/emoji/data.ts', '/settings/SettingsDialog.tsx',
            '/help/ShortcutsDialog.tsx', '/sdk/blur/backgroundBlur.ts', '/handlers/Firefox120.js', '/handlers/Safari12.js'];
        expect(later.filter((part) => files.has(chunkOf(part).fileName))).toEqual([]);
    });

    test('has what background blur needs, for whoever turns it on, among the server’s own files', () => {
        const names = output.map(({ fileName }) => fileName).filter((name) => /\.(wasm|tflite)$|Worker-.*\.js$/.test(name));
        expect(names.map((name) => name.replace(/-[\w-]{8}\./, '.')).sort()).toEqual(['assets/pulseWorker.js', 'assets/segmenterWorker.js',
            'assets/selfie_segmentation_landscape.tflite', 'assets/tflite_web_api_cc_simd.wasm']);
        expect(output.some((file) => file.type === 'chunk' && /mediapipe|tensorflow|googleapis|cdn/i.test(file.code.replace(/assets\/\S+/g, '')))).toBe(false);
    });

    test('leaves out what no browser of today needs', () => {
        const modules = chunks().flatMap(({ moduleIds }) => moduleIds);
        expect(modules.filter((id) => /Chrome74|ReactNative106|fake/i.test(id))).toEqual([]);
    });

    test('with a meeting or the home page has nothing of the page that tries the connection', () => {
        const check = [chunkOf('/sdk/check/checkConnection.ts'), chunkOf('/i18n/en/check.ts')];
        for (const start of [chunkOf('/app/meeting.tsx'), chunkOf('/sdk/index.ts'), chunkOf('/app/home.tsx')]) {
            for (const { fileName } of check) expect(loadedFor(start)).not.toContain(fileName);
        }
    });

    test('is under the server’s own addresses: nothing is inlined that its policy forbids', () => {
        const pages = output.filter(({ fileName }) => fileName.endsWith('.html')).map((file) => (file.type === 'asset' ? String(file.source) : ''));
        expect(pages).toHaveLength(3);
        pages.forEach((page) => expect(page).not.toMatch(/<style|style=|data:|<script(?![^>]*src=)/));
    });

    test('runs no page by accident: nothing else imports the script of a page', () => {
        const entries = new Set(chunks().filter(({ isEntry }) => isEntry).map(({ fileName }) => fileName));
        expect(chunks().flatMap((chunk) => [...chunk.imports, ...chunk.dynamicImports]).filter((name) => entries.has(name))).toEqual([]);
    });

    test('is named by other people’s pages as embed.js', () => {
        const embed = chunks().find(({ fileName }) => fileName === 'embed.js');
        expect(embed?.isEntry).toBe(true);
        expect(output.some(({ fileName }) => fileName.endsWith('.css') && embed?.imports.includes(fileName))).toBe(false);
    });
});
