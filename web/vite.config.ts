import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';
import type { Plugin } from 'vite';
import { maskRuntime } from './tools/mask-runtime.mjs';
import { sharedHead } from './tools/shared-head.mjs';

// Where `npm run dev` finds the server; its certificate is self-signed.
const server = process.env['PARLEY_URL'] ?? 'https://localhost:3000';

/**
 * mediasoup-client brings the parts for all browsers along, and those for its own tests. The SDK gives it the one that is needed
 * (src/sdk/engine/handler.ts), so the others' places are left empty, which is less for everybody to load.
 */
function oneHandlerAtATime(): Plugin {
    const EMPTY = '\0no-handler';
    return {
        name: 'one-handler-at-a-time',
        enforce: 'pre',
        resolveId: (source, importer) =>
            /mediasoup-client.lib.(Device|index)\.js/.test(importer ?? '') && /^\.\/(handlers|test)\//.test(source) ? EMPTY : undefined,
        load: (id) => (id === EMPTY ? 'export {};' : undefined),
    };
}

export default defineConfig({
    plugins: [oneHandlerAtATime(), sharedHead()],
    // The app is written to React's API, and runs on Preact, which is a sixth of the bytes (docs/adr/0009-preact.md).
    resolve: {
        alias: [
            { find: /^react(-dom)?$/, replacement: 'preact/compat' },
            { find: /^react-dom\/client$/, replacement: 'preact/compat/client' },
            { find: /^react\/(jsx(-dev)?-runtime)$/, replacement: 'preact/$1' },
        ],
    },
    // Relative, so that embed.js finds its parts on the server that it came from, whichever page it is in.
    base: './',
    assetsInclude: ['**/*.tflite'],
    // Scripts of one piece: a page that embeds a meeting starts them from copies.
    worker: { format: 'iife', plugins: () => [maskRuntime()] },
    build: {
        target: 'es2023',
        // These know light-dark(), which themes are made of.
        cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
        // Nothing inline: the content security policy allows neither inline scripts nor data: resources.
        assetsInlineLimit: 0,
        rollupOptions: {
            input: {
                index: resolve(import.meta.dirname, 'index.html'),
                meeting: resolve(import.meta.dirname, 'meeting.html'),
                check: resolve(import.meta.dirname, 'check.html'),
                embed: resolve(import.meta.dirname, 'src/app/embed/index.ts'),
            },
            preserveEntrySignatures: 'exports-only',
            output: {
                // Other people's pages name it, so its name stays; all else has a hash in its name.
                entryFileNames: ({ name }) => (name === 'embed' ? 'embed.js' : 'assets/[name]-[hash].js'),
                // The parts of the SDK that work without the rest get a file of their own. Else they end up in the meeting page's,
                // and whoever fetches the rest of the SDK runs that page.
                codeSplitting: { groups: [{ name: 'devices', test: /src[\\/]sdk[\\/](sound[\\/]|device|blurLater|engine[\\/]index)/ }] },
            },
        },
    },
    server: {
        proxy: { '/socket.io': { target: server, ws: true, secure: false, changeOrigin: true } },
    },
    test: {
        include: ['src/**/*.test.{ts,tsx}'],
        environment: 'node',
        testTimeout: 30_000,
    },
});
