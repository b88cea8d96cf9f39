import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const read = (path: string) => readFileSync(new URL(`../../../public${path}`, import.meta.url));

test('the service worker’s version is that of what it keeps, so that a change reaches everybody', () => {
    const worker = read('/sw.js').toString();
    const shell = [...(/const SHELL = \[(.*)\]/.exec(worker)?.[1] ?? '').matchAll(/'([^']+)'/g)].map(([, path]) => path ?? '');
    expect(shell).toContain('/offline.html');
    const hash = createHash('sha256');
    shell.forEach((path) => hash.update(read(path)));
    expect(/const VERSION = '(.*)'/.exec(worker)?.[1]).toBe(hash.digest('hex').slice(0, 12));
});

test('the manifest names icons that are there, in the sizes that it says', () => {
    const { icons } = JSON.parse(read('/manifest.webmanifest').toString()) as { icons: { src: string; sizes: string; type: string }[] };
    for (const { src, sizes, type } of icons) {
        const file = read(src);
        if (type === 'image/png') {
            // Width and height stand in the first chunk of a PNG.
            expect(`${file.readUInt32BE(16)}x${file.readUInt32BE(20)}`).toBe(sizes);
        }
    }
});

test('what is kept for being offline needs nothing that the content security policy forbids', () => {
    expect(read('/offline.html').toString()).not.toMatch(/<script|<style|style=|\son\w+=/);
});
