// Builds the npm package @parley/client: node tools/client-package.mjs [FOLDER]; by default client-package/dist.
// FOLDER gets everything that `npm pack` needs there.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { build, loadConfigFromFile } from 'vite';

const web = resolve(import.meta.dirname, '..');
const source = join(web, 'client-package');
const target = resolve(process.argv[2] ?? source);
const dist = join(target, 'dist');

/** The element has all styles inside; those that pages load would only be files that nobody fetches. */
const NO_STYLES = {
    name: 'no-styles-of-pages',
    enforce: 'pre',
    resolveId: (source) => (source.endsWith('.css') ? '\0no-style' : undefined),
    load: (id) => (id === '\0no-style' ? 'export {};' : undefined),
};

/** The modules: the SDK and the element, which shares the SDK with it. What comes from npm stays a dependency, but for Preact. */
async function modules() {
    process.env.NODE_ENV = 'production';
    // What the app's build replaces, but not its pages.
    const loaded = await loadConfigFromFile({ command: 'build', mode: 'production' }, join(web, 'vite.config.ts'));
    const { base, resolve: replaced, assetsInclude, worker } = loaded.config;
    await build({
        configFile: false,
        root: web,
        base,
        resolve: replaced,
        assetsInclude,
        worker,
        plugins: [NO_STYLES],
        mode: 'production',
        logLevel: 'error',
        publicDir: false,
        build: {
            outDir: dist,
            emptyOutDir: true,
            target: 'es2023',
            assetsInlineLimit: 0,
            minify: false,
            modulePreload: false,
            rollupOptions: {
                input: { index: join(web, 'src/sdk/index.ts'), element: join(web, 'src/app/embed/index.ts') },
                external: [/^mediasoup-client/, /^socket\.io-client/],
                preserveEntrySignatures: 'strict',
                output: { entryFileNames: '[name].js', chunkFileNames: 'parts/[name]-[hash].js',
                    assetFileNames: 'parts/[name]-[hash][extname]' },
            },
        },
    });
}

/** The types of what can be reached from the two entries, with the endings that Node's own rules want. */
function types() {
    const all = mkdtempSync(join(tmpdir(), 'parley-types-'));
    try {
        const tsc = join(web, 'node_modules/typescript/bin/tsc');
        execFileSync(process.execPath, [tsc, '-p', web, '--noEmit', 'false', '--declaration', '--emitDeclarationOnly', '--rootDir',
            web, '--outDir', all], { cwd: web, stdio: ['ignore', 'inherit', 'inherit'] });
        const done = new Set();
        const take = (file) => {
            if (done.has(file)) return;
            done.add(file);
            const text = readFileSync(file, 'utf8').replace(/(from\s+|import\s*\(?\s*)(['"])(\.[^'"]*)\2/g, (_, word, quote, path) => {
                const base = join(dirname(file), path);
                const isFile = existsSync(`${base}.d.ts`);
                take(isFile ? `${base}.d.ts` : join(base, 'index.d.ts'));
                return `${word}${quote}${path}${isFile ? '' : '/index'}.js${quote}`;
            });
            const to = join(dist, relative(join(all, 'src'), file));
            mkdirSync(dirname(to), { recursive: true });
            writeFileSync(to, text);
        };
        take(join(all, 'src/sdk/index.d.ts'));
        take(join(all, 'src/app/embed/index.d.ts'));
    } finally {
        rmSync(all, { recursive: true });
    }
}

mkdirSync(target, { recursive: true });
await modules();
types();
for (const file of ['package.json', 'README.md']) {
    if (target !== source) cpSync(join(source, file), join(target, file));
}
cpSync(join(web, '../LICENSE'), join(target, 'LICENSE'));
cpSync(join(web, 'public/third-party.txt'), join(target, 'third-party.txt'));
