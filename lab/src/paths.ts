import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../..');
export const SCREENSHOTS = join(ROOT, 'build/screenshots');
export const LOGS = join(ROOT, 'build/lab');

mkdirSync(SCREENSHOTS, { recursive: true });
mkdirSync(LOGS, { recursive: true });

// A test file that takes too long is ended by a signal; what it started must not outlive it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(1));

const folders: string[] = [];
process.on('exit', () => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true, maxRetries: 5 })));

/** A folder that is gone when the process ends, whatever the end. */
export function temporaryFolder(name: string): string {
    const folder = mkdtempSync(join(tmpdir(), `parley-${name}-`));
    folders.push(folder);
    return folder;
}
