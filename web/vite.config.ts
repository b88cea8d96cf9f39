import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// Where `npm run dev` finds the server; its certificate is self-signed.
const server = process.env['PARLEY_URL'] ?? 'https://localhost:3000';

export default defineConfig({
    plugins: [react()],
    build: {
        target: 'es2023',
        // Nothing inline: the content security policy allows neither inline scripts nor data: resources.
        assetsInlineLimit: 0,
        rollupOptions: {
            input: {
                index: resolve(import.meta.dirname, 'index.html'),
                meeting: resolve(import.meta.dirname, 'meeting.html'),
            },
            output: {
                // The parts of the SDK that work without the rest get a file of their own. Else they end up in the meeting page's,
                // and whoever fetches the rest of the SDK runs that page.
                codeSplitting: { groups: [{ name: 'devices', test: /src[\\/]sdk[\\/](sound[\\/]|device)/ }] },
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
