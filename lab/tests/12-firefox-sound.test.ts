import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'puppeteer-core';
import { joinUntouched, takeNotes } from '../src/bystander.ts';
import { openFirefox } from '../src/firefox.ts';
import { SCREENSHOTS } from '../src/paths.ts';
import { Crowd } from '../src/people.ts';
import type { Person, Room } from '../src/person.ts';
import { type RunningServer, startServer } from '../src/server.ts';
import { until } from '../src/wait.ts';

/** What a page says of itself several times a second; asking it would count as a click. */
interface Glimpse {
    readonly touched: boolean;
    readonly captures: number;
    /** Where the button is, if there is one. */
    readonly tap?: readonly [x: number, y: number];
    /** By the sound's element: whether it plays. */
    readonly playing: readonly boolean[];
}

const crowd = new Crowd();
let server: RunningServer;
let firefox: Browser;
let ann: Person;
let bob: Person;
let page: Page;
let room: Room;
let last: Glimpse | undefined;

before(async () => {
    server = await startServer('firefox-sound');
    [ann, bob, firefox] = await Promise.all([
        crowd.person('Ann', { likeness: 'Ann' }),
        crowd.person('Bob', { likeness: 'Bob' }),
        openFirefox(),
    ]);
    room = await ann.createRoom(server.url);
    await Promise.all([ann.join(room), bob.join(room)]);
    page = await firefox.newPage();
    await page.evaluateOnNewDocument('globalThis.__name = (named) => named;');
    await takeNotes(page);
    await page.evaluateOnNewDocument(() => {
        setInterval(() => {
            const box = document.querySelector('[data-testid=tap-to-hear]')?.getBoundingClientRect();
            const sounds = [...document.querySelectorAll<HTMLAudioElement>('[data-testid=remote-audio]')];
            const { captures } = (globalThis as unknown as { parleyNotes: { captures: number } }).parleyNotes;
            console.log(`glimpse ${JSON.stringify({
                touched: navigator.userActivation.hasBeenActive,
                captures,
                ...(box && { tap: [box.x + box.width / 2, box.y + box.height / 2] }),
                playing: sounds.map((sound) => !sound.paused && !sound.muted && sound.volume === 1),
            })}`);
        }, 200);
    });
    page.on('console', (message) => {
        const text = message.text();
        if (text.startsWith('glimpse ')) last = JSON.parse(text.slice(8)) as Glimpse;
    });
});

after(async () => {
    await firefox?.close();
    await crowd.disperse();
    await server?.stop();
});

test('where Firefox blocks sound, one button says so, and nothing plays', async () => {
    await joinUntouched(page, 'Zoe', room);
    await until(() => last?.playing.length === 2 && last.tap, { within: 40_000, what: 'two sounds and the button are there' });
    assert.deepEqual(last?.playing, [false, false]);
    assert.equal(last?.touched, false);
    await page.screenshot({ path: join(SCREENSHOTS, '27-firefox-tap-to-hear-desktop.png') as `${string}.png` });
});

test('one tap lets everything play in Firefox, and captures nothing', async () => {
    await page.mouse.click(...(last!.tap as [number, number]));
    await until(() => last?.tap === undefined && last?.playing.every(Boolean), { what: 'everything plays and the button is gone' });
    assert.equal(last?.captures, 0);
});

test('somebody who comes later plays in Firefox without another tap', async () => {
    await bob.leave();
    await until(() => last?.playing.length === 1, { what: 'Bob is gone' });
    await bob.join(room);
    await until(() => last?.playing.length === 2 && last.playing.every(Boolean) && last.tap === undefined, { what: 'Bob plays' });
});
