import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { axeViolations } from '../src/axe.ts';
import { ROOT } from '../src/paths.ts';
import { Crowd } from '../src/people.ts';
import type { Person, Room } from '../src/person.ts';
import { type RunningServer, startServer } from '../src/server.ts';
import { until } from '../src/wait.ts';

const crowd = new Crowd();
let site: Server;
let origin: string;
let server: RunningServer;
let ann: Person;
let bob: Person;
let room: Room;

before(async () => {
    const example = readFileSync(join(ROOT, 'docs/examples/embed.html'));
    site = createServer((_request, response) => response.setHeader('content-type', 'text/html; charset=utf-8').end(example));
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
    origin = `http://localhost:${(site.address() as AddressInfo).port}`;
    server = await startServer('embed', { 'allowed-origin': origin });
    [ann, bob] = await Promise.all([crowd.person('Ann', { likeness: 'Ann' }), crowd.person('Bob', { likeness: 'Bob' })]);
    room = await ann.createRoom(server.url);
});

after(async () => {
    await crowd.disperse();
    await server?.stop();
    site?.closeAllConnections();
    site?.close();
});

/** Inside of the element's shadow tree. */
const inside = (testId: string): string => `parley-meeting >>> [data-testid="${testId}"]`;

async function open(person: Person, more: Record<string, string>): Promise<void> {
    const settings = new URLSearchParams({ server: server.url, room: room.link, code: room.code, name: person.name, ...more });
    await person.page.goto(`${origin}/embed.html?${settings}`);
}

const told = (person: Person): Promise<string> => person.page.$eval('#log', (log) => log.textContent ?? '');

function tells(person: Person, pattern: RegExp): Promise<unknown> {
    return until(async () => pattern.test(await told(person)), { what: `the page of ${person.name} is told ${pattern}` });
}

/** How many pictures of the other person are shown and move. */
async function sees(person: Person, name: string): Promise<void> {
    await person.page.waitForSelector(`parley-meeting >>> [data-testid=tile][data-name=${name}] video`);
    await until(
        () => person.page.evaluate((wanted) => {
            const shadow = document.querySelector('parley-meeting')?.shadowRoot;
            const video = shadow?.querySelector<HTMLVideoElement>(`[data-testid=tile][data-name=${wanted}] video`);
            return (video?.getVideoPlaybackQuality().totalVideoFrames ?? 0) > 5;
        }, name),
        { what: `${person.name} sees ${name} move` },
    );
}

test('two people meet inside of pages of another origin', async () => {
    await open(ann, { theme: 'dark' });
    await (await ann.page.waitForSelector(inside('join-button')))!.click();
    await ann.page.waitForSelector(inside('room'));
    await tells(ann, /^joined .*"name":"Ann"/);
    await open(bob, { lang: 'de', autojoin: '' });
    await bob.page.waitForSelector(inside('room'));
    await sees(ann, 'Bob');
    await sees(bob, 'Ann');
    await tells(ann, /participant-joined .*"name":"Bob"/);
    await Promise.all([ann.screenshot('81-embedded'), bob.screenshot('82-embedded-german')]);
});

test('each has its own language and theme, and the page keeps its own', async () => {
    const looks = (person: Person) => person.page.evaluate(() => {
        const shadow = document.querySelector('parley-meeting')?.shadowRoot;
        const box = shadow?.querySelector('.embed') as HTMLElement;
        const leave = shadow?.querySelector('[data-testid=leave-button] .control__label');
        return {
            background: getComputedStyle(box).backgroundColor,
            text: leave?.textContent,
            page: [document.documentElement.lang, document.title, document.documentElement.dataset['theme'] ?? null],
            button: getComputedStyle(shadow!.querySelector('[data-testid=mic-button]')!).backgroundColor,
        };
    });
    const page = ['en', 'A page with a meeting in it', null];
    assert.deepEqual(await looks(ann), { background: 'rgb(14, 19, 17)', text: 'Leave', page, button: 'rgba(0, 0, 0, 0)' });
    assert.deepEqual(await looks(bob), { background: 'rgb(244, 246, 243)', text: 'Verlassen', page, button: 'rgba(0, 0, 0, 0)' });
});

test('keys act in the meeting only while it has the focus', async () => {
    const pressed = () => ann.page.$eval(inside('mic-button'), (button) => button.getAttribute('aria-pressed'));
    await ann.page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    const before = await pressed();
    await ann.page.keyboard.press('m');
    assert.equal(await pressed(), before);
    await ann.page.focus(inside('chat-button'));
    await ann.page.keyboard.press('m');
    await until(async () => (await pressed()) !== before, { what: 'the microphone is switched' });
});

test('axe finds nothing in the page with the meeting', async () => {
    assert.deepEqual(await axeViolations(ann.page), []);
});

test('taking the element out of the page leaves the meeting', async () => {
    await bob.page.evaluate(() => document.querySelector('parley-meeting')?.remove());
    await tells(ann, /participant-left .*"name":"Bob"/);
    await (await ann.page.waitForSelector(inside('leave-button')))!.click();
    await tells(ann, /left \{"reason":"left"\}/);
    assert.deepEqual([...ann.problems, ...bob.problems], []);
});

test('a page of an origin that is not allowed gets no meeting', async () => {
    await bob.page.goto(`${origin.replace('localhost', '127.0.0.1')}/embed.html?server=${server.url}`);
    const refused = await bob.page.evaluate((url) => import(`${url}/embed.js`).then(() => 'loaded', () => 'refused'), server.url);
    assert.equal(refused, 'refused');
});
