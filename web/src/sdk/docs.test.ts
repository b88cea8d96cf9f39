import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';

const web = resolve(import.meta.dirname, '../..');

test('every TypeScript block of docs/sdk.md type-checks against the SDK', () => {
    const text = readFileSync(resolve(web, '../docs/sdk.md'), 'utf8');
    const blocks = [...text.matchAll(/```ts\n(.*?)```/gs)].map((match) => match[1]!);
    expect(blocks.length).toBeGreaterThan(4);
    const folder = resolve(web, 'node_modules/.cache/docs');
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    blocks.forEach((block, i) => writeFileSync(resolve(folder, `block${i}.ts`), block.replaceAll("'@parley/client'", `'${web}/src/sdk'`)));
    const tsconfig = { extends: `${web}/tsconfig.json`, include: [folder], compilerOptions: { noUnusedLocals: false } };
    writeFileSync(resolve(folder, 'tsconfig.json'), JSON.stringify(tsconfig));
    const tsc = resolve(web, 'node_modules/typescript/bin/tsc');
    try {
        execFileSync(process.execPath, [tsc, '-p', folder], { encoding: 'utf8', cwd: web });
    } catch (error) {
        expect.fail((error as { stdout: string }).stdout);
    }
}, 60_000);
