import assert from 'node:assert/strict';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'puppeteer-core';
import { joinUntouched, takeNotes } from '../src/bystander.ts';
import { openFirefox } from '../src/firefox.ts';
import { Loudspeaker } from '../src/loudspeaker.ts';
import { SCREENSHOTS } from '../src/paths.ts';
import { Crowd, LIKENESSES } from '../src/people.ts';
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
let loudspeaker: Loudspeaker;
let firefox: Browser;
let ann: Person;
let bob: Person;
let page: Page;
let room: Room;
let last: Glimpse | undefined;

before(async () => {
    const others = Object.keys(networkInterfaces()).filter((name) => name !== 'lo');
    if (others.length > 0) throw new Error(`Firefox would not use the loopback address beside ${others.join()}: run this by ../tools/own-network`);
    [server, loudspeaker] = await Promise.all([startServer('firefox-sound'), Loudspeaker.open()]);
    [ann, bob, firefox] = await Promise.all([
        crowd.person('Ann', { likeness: 'Ann' }),
        crowd.person('Bob', { likeness: 'Bob' }),
        openFirefox({ loudspeaker }),
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
    await loudspeaker?.close();
    await server?.stop();
});

const ANN = LIKENESSES.Ann.tone;
const BOB = LIKENESSES.Bob.tone;
/** Certainly heard, and certainly not; dBFS. */
const HEARD = -50;
const SILENT = -85;

/** At the loudspeaker, that is where a person would hear it. */
async function hears(hertz: number, wanted = true): Promise<void> {
    await until(() => (wanted ? loudspeaker.level(hertz) > HEARD : loudspeaker.level(hertz) < SILENT),
        { within: 20_000, what: `${hertz} Hz ${wanted ? 'comes' : 'does not come'} out of the loudspeaker` });
}

const levels = (): string => [ANN, BOB].map((tone) => `${tone} Hz ${loudspeaker.level(tone).toFixed(1)} dBFS`).join(', ');

test('where Firefox blocks sound, one button says so, and nothing plays', async () => {
    await joinUntouched(page, 'Zoe', room);
    await until(() => last?.playing.length === 2 && last.tap, { within: 40_000, what: 'two sounds and the button are there' });
    assert.deepEqual(last?.playing, [false, false]);
    assert.equal(last?.touched, false);
    for (const tone of [ANN, BOB]) assert.ok(loudspeaker.level(tone) < SILENT, levels());
    await page.screenshot({ path: join(SCREENSHOTS, '27-firefox-tap-to-hear-desktop.png') as `${string}.png` });
});

test('one tap lets everything play in Firefox, and captures nothing', async () => {
    await page.mouse.click(...(last!.tap as [number, number]));
    await until(() => last?.tap === undefined && last?.playing.every(Boolean), { what: 'everything plays and the button is gone' });
    assert.equal(last?.captures, 0);
    await hears(ANN);
    await hears(BOB);
    console.log('Firefox plays, at the loudspeaker:', levels());
});

test('somebody who comes later plays in Firefox without another tap', async () => {
    await bob.leave();
    await until(() => last?.playing.length === 1, { what: 'Bob is gone' });
    await hears(BOB, false);
    await hears(ANN);
    await bob.join(room);
    await until(() => last?.playing.length === 2 && last.playing.every(Boolean) && last.tap === undefined, { what: 'Bob plays' });
    await hears(BOB);
});
