import { test } from 'node:test';
import { openFirefox } from './firefox.ts';
import { openBrowser } from './people.ts';
import { startServer } from './server.ts';

/** What tests/0-runner has the runner run: starts what PARLEY_LEFTOVERS names, and never ends. */
const START = {
    server: () => startServer('leftovers'),
    chromium: () => openBrowser(),
    firefox: () => openFirefox(),
};

test('never ends', async () => {
    const names = process.env['PARLEY_LEFTOVERS']!.split(',') as (keyof typeof START)[];
    await Promise.all(names.map((name) => START[name]()));
    await new Promise(() => setInterval(() => {}, 1_000));
});
