import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { Guest } from '../src/guest.ts';
import { Keyboard } from '../src/keyboard.ts';
import { SCREENSHOTS } from '../src/paths.ts';
import { Crowd, openBrowser } from '../src/people.ts';
import type { Person, Room } from '../src/person.ts';
import { type RunningServer, startServer } from '../src/server.ts';
import { choose, chooseOf, flowing, joinSending, stageTiles } from '../src/stage.ts';
import { until, untilEqual } from '../src/wait.ts';

const crowd = new Crowd();
let server: RunningServer;
let cheap: Browser;
let ann: Person;
let room: Room;
const guests = new Map<string, Guest>();

before(async () => {
    [server, cheap, ann] = await Promise.all([
        startServer('tiles'),
        openBrowser({ likeness: 'Bob', autoplay: true }),
        crowd.person('Ann', { likeness: 'Ann', autoplay: true }),
    ]);
    room = await ann.createRoom(server.url);
    await ann.join(room);
    for (const name of ['Ben', 'Cid']) {
        const guest = await Guest.open(cheap, server.url, name);
        guests.set(name, guest);
        await joinSending(guest, room, 10, true);
    }
    await until(async () => (await ann.others()).length === 2);
});

after(async () => {
    await crowd.disperse();
    await cheap?.close();
    await server?.stop();
});

const shoot = (name: string): Promise<unknown> => ann.page.screenshot({ path: join(SCREENSHOTS, `tiles-${name}.png`) as `${string}.png` });

// ---- how loud somebody is

/** How the element that plays somebody's voice is set. */
async function played(name: string): Promise<{ volume: number; muted: boolean } | undefined> {
    return ann.page.evaluate((name) => {
        const tile = [...document.querySelectorAll<HTMLElement>('[data-testid=tile]')].find(({ dataset }) => dataset['name'] === name);
        const id = tile?.dataset['participantId'];
        const audio = [...document.querySelectorAll<HTMLAudioElement>('[data-testid=remote-audio]')].find(({ dataset }) => dataset['participantId'] === id);
        return audio && { volume: Math.round(audio.volume * 100), muted: audio.muted };
    }, name);
}

const percent = (): Promise<string> => ann.page.$eval('[data-testid=volume-slider]', (slider) => (slider as HTMLInputElement).value);

test('how loud one hears somebody is set on their tile, without a mouse too', async () => {
    const keyboard = new Keyboard(ann);
    await ann.page.focus('[data-testid=tile][data-name=Ben] [data-testid=tile-menu]');
    await keyboard.key('Enter');
    await keyboard.downTo('menu-tile-volume');
    await keyboard.key('Enter');
    await ann.see('volume-menu');
    assert.equal(await keyboard.focused(), 'volume-slider');
    assert.equal(await percent(), '100');
    for (let step = 0; step < 10; step++) await keyboard.key('ArrowLeft');
    assert.equal(await percent(), '50');
    await untilEqual(() => played('Ben'), { volume: 50, muted: false });
    await keyboard.key('End');
    assert.equal(await percent(), '200');
    await shoot('volume');
    await keyboard.key('Home');
    assert.equal(await percent(), '0');
    for (let step = 0; step < 6; step++) await keyboard.key('ArrowRight');
    await untilEqual(() => played('Ben'), { volume: 30, muted: false });
    await keyboard.to('local-mute');
    assert.ok(await keyboard.focusIsVisible(), 'one sees where the focus is');
    await keyboard.key('Enter');
    await untilEqual(async () => (await played('Ben'))?.muted, true);
    assert.equal(await ann.page.$eval('[data-testid=local-mute]', (button) => button.getAttribute('aria-pressed')), 'true');
    await keyboard.key('Escape');
    await until(async () => (await ann.page.$('[data-testid=volume-menu]')) === null, { what: 'it is closed' });
    assert.equal(await keyboard.focused(), 'tile-menu', 'the focus is back where it was');
    assert.deepEqual(await played('Cid'), { volume: 100, muted: false }, 'somebody else is as before');
});

test('it is remembered when the page is loaded anew, and taken back by one click', async () => {
    await ann.page.reload();
    await ann.see('room');
    await untilEqual(async () => (await played('Ben'))?.muted, true);
    await chooseOf(ann, 'Ben', 'tile-volume');
    await ann.see('volume-menu');
    assert.equal(await percent(), '30');
    await ann.page.click('.volume__value');
    await untilEqual(() => played('Ben'), { volume: 100, muted: false });
    await ann.page.mouse.click(5, 5);
    await until(async () => (await ann.page.$('[data-testid=volume-menu]')) === null, { what: 'a click elsewhere closes it' });
});

// ---- the small window

interface Pip {
    readonly name: string;
    readonly plays: boolean;
    readonly width: number;
}

/** What the small window shows; undefined while there is none. */
function small(): Promise<Pip | undefined> {
    return ann.page.evaluate(() => {
        const { window: opened } = (globalThis as unknown as { documentPictureInPicture: { window: Window | null } }).documentPictureInPicture;
        const video = opened?.document.querySelector('video');
        return opened && video ? {
            name: opened.document.querySelector('.tile__name')?.textContent ?? '',
            plays: video.readyState >= 2 && !video.paused,
            width: video.getBoundingClientRect().width,
        } : undefined;
    });
}

test('a small window over everything else shows somebody', async () => {
    await choose(ann, 'pip');
    await until(async () => (await small())?.plays, { what: 'the small window has a picture' });
    const { name, width } = (await small())!;
    assert.ok(['Ben', 'Cid'].includes(name), name);
    assert.ok(width > 100, 'it is styled, and fills the window');
    const other = name === 'Ben' ? 'Cid' : 'Ben';
    await chooseOf(ann, other, 'tile-pip');
    await until(async () => (await small())?.name === other, { what: 'it shows whom one chose' });
    await chooseOf(ann, other, 'tile-pip');
    await until(async () => (await small()) === undefined, { what: 'it is closed' });
});

test('where the browser has no window that a page can fill, it shows the bare picture', async () => {
    const script = await ann.page.evaluateOnNewDocument(() => {
        delete (globalThis as { documentPictureInPicture?: unknown }).documentPictureInPicture;
    });
    await ann.page.reload();
    await ann.see('room');
    await until(async () => (await flowing(ann, 'video')).length === 2, { what: 'everybody is back' });
    const floats = (): Promise<boolean> => ann.page.evaluate(() => {
        const video = document.pictureInPictureElement as HTMLVideoElement | null;
        return video !== null && video.readyState >= 2 && video.videoWidth === 160;
    });
    await choose(ann, 'pip');
    await until(floats, { what: 'a bare picture floats' });
    await choose(ann, 'pip');
    await until(() => ann.page.evaluate(() => document.pictureInPictureElement === null), { what: 'it is gone' });
    await ann.page.removeScriptToEvaluateOnNewDocument(script.identifier);
});

// ---- screens

test('two screens at once are large and of one size, people small and of one size; a pin makes one larger', async () => {
    const first = await guests.get('Ben')!.do('publishScreen', 320, 180, 5);
    await guests.get('Cid')!.do('publishScreen', 320, 180, 5);
    await untilEqual(() => ann.screens(), ['Ben', 'Cid']);
    await until(async () => {
        const tiles = await stageTiles(ann);
        const [screens, people] = [tiles.filter(({ source }) => source === 'screen'), tiles.filter(({ source }) => source === 'camera')];
        const sizes = (of: typeof tiles): number => new Set(of.map(({ area }) => area)).size;
        return screens.length === 2 && people.length === 3 && sizes(screens) === 1 && sizes(people) === 1 && screens[0]!.area > 2 * people[0]!.area;
    }, { what: 'two large screens beside three equal people' });
    await ann.painted();
    await shoot('two-screens');
    await chooseOf(ann, 'Cid', 'pin', 'screen');
    await until(async () => {
        const [largest, next] = (await stageTiles(ann)).sort((a, b) => b.area - a.area);
        return largest!.name === 'Cid' && largest!.source === 'screen' && largest!.pinned && largest!.area > 3 * next!.area;
    }, { what: 'one of them is large' });
    await ann.painted();
    await shoot('pinned-screen');
    await chooseOf(ann, 'Cid', 'pin', 'screen');
    await guests.get('Ben')!.do('closeProducer', first);
    await untilEqual(() => ann.screens(), ['Cid']);
});

test('nothing went wrong inside the page', () => {
    assert.deepEqual(crowd.problems(), []);
});
