import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './paths.ts';
import { until } from './wait.ts';

export interface RunningPreview {
    /** The address of a view with made-up people; `query` says which. */
    address(query: string): string;
    stop(): Promise<void>;
}

/** Serves the app's preview page, which needs no server: every view with any number of made-up people. */
export async function startPreview(): Promise<RunningPreview> {
    const port = 17_000 + (process.pid % 3_000);
    const child = spawn(process.execPath, [join(ROOT, 'web/node_modules/vite/bin/vite.js'), '--port', String(port), '--strictPort', '--host', '127.0.0.1'], {
        cwd: join(ROOT, 'web'),
        stdio: 'ignore',
    });
    const kill = (): void => void child.kill('SIGKILL');
    process.on('exit', kill);
    const url = `http://127.0.0.1:${port}/preview.html`;
    await until(
        async () => {
            if (child.exitCode !== null) throw new Error(`the preview ended with ${child.exitCode}`);
            return fetch(url).then(({ ok }) => ok, () => false);
        },
        { within: 60_000, every: 100, what: 'the preview answers' },
    );
    return {
        address: (query) => `${url}?${query}`,
        async stop() {
            const ended = new Promise((resolve) => child.once('exit', resolve));
            child.kill('SIGTERM');
            await ended;
            process.off('exit', kill);
        },
    };
}
