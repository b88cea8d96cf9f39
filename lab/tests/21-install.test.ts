import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axeViolations } from '../src/axe.ts';
import { Crowd } from '../src/people.ts';
import type { Person } from '../src/person.ts';
import { type RunningServer, startServer } from '../src/server.ts';
import { until } from '../src/wait.ts';

const crowd = new Crowd();
let server: RunningServer;
let ann: Person;

before(async () => {
    server = await startServer('install');
    ann = await crowd.person('Ann');
});

after(async () => {
    await crowd.disperse();
    await server?.stop();
});

test('the app can be installed: the browser has no objection to its manifest', async () => {
    const answer = await ann.page.goto(`${server.url}/`);
    assert.equal(answer?.status(), 200);
    const session = await ann.page.createCDPSession();
    const { url, errors, data } = await session.send('Page.getAppManifest');
    assert.equal(url, `${server.url}/manifest.webmanifest`);
    assert.deepEqual(errors, []);
    assert.equal((JSON.parse(data ?? '') as { name: string }).name, 'Parley');
    const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
    assert.deepEqual(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito'), []);
    const type = await ann.page.evaluate(async () => (await fetch('/manifest.webmanifest')).headers.get('content-type'));
    assert.equal(type, 'application/manifest+json');
    assert.deepEqual(ann.problems, []);
});

test('the service worker keeps the page for being offline and nothing else', async () => {
    await until(() => ann.page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.active?.state === 'activated'), {
        what: 'the service worker is at work',
    });
    const kept = await ann.page.evaluate(async () => {
        const [name] = await caches.keys();
        return (await (await caches.open(name ?? '')).keys()).map(({ url }) => new URL(url).pathname);
    });
    assert.deepEqual(kept.sort(), ['/favicon.svg', '/offline.css', '/offline.html']);
});

test('a page that is asked for while the server is away says so in words, and comes back with the server', async () => {
    await server.stop();
    await ann.page.goto(`${server.url}/meeting.html?room=08d8c6ad-ae80-4f33-9dc7-82d0b30f3e7a`);
    const text = await ann.page.evaluate(() => document.body.innerText);
    assert.match(text, /You are offline/);
    assert.match(text, /Du bist offline/);
    assert.deepEqual(await axeViolations(ann.page), []);
    await ann.screenshot('80-offline');
});
