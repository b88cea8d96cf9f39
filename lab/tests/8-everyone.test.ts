import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { axeViolations } from '../src/axe.ts';
import { Keyboard } from '../src/keyboard.ts';
import { SCREENSHOTS } from '../src/paths.ts';
import { Crowd } from '../src/people.ts';
import type { Person, Room } from '../src/person.ts';
import { type RunningServer, startServer } from '../src/server.ts';
import { until, untilEqual } from '../src/wait.ts';

const crowd = new Crowd();
let server: RunningServer;
let ann: Person;
let bob: Person;
let room: Room;

before(async () => {
    server = await startServer('everyone');
    [ann, bob] = await Promise.all([
        crowd.person('Ann', { likeness: 'Ann', screen: 'browser' }),
        crowd.person('Bob', { likeness: 'Bob' }),
    ]);
    mkdirSync(SCREENSHOTS, { recursive: true });
});

after(async () => {
    await crowd.disperse();
    await server?.stop();
});

const SIZES = {
    desktop: { width: 1280, height: 800 },
    phone: { width: 390, height: 844 },
    landscape: { width: 844, height: 390 },
} as const;
const THEMES = ['light', 'dark'] as const;

/** A view, how to get there from the one before, and how to get out of it. */
interface View {
    readonly name: string;
    open?(): Promise<unknown>;
    close?(): Promise<unknown>;
}

async function showTheme(person: Person, theme: (typeof THEMES)[number]): Promise<void> {
    await person.page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }]);
}

/**
 * Looks at each view in each size and theme: axe must find nothing, nothing may be cut off at the side, and a picture is kept. Colours
 * do not depend on the language: after English, one theme for each size will do.
 */
async function look(person: Person, views: readonly View[], language: string): Promise<string[]> {
    const found: string[] = [];
    for (const [index, [size, viewport]] of Object.entries(SIZES).entries()) {
        await person.page.setViewport(viewport);
        for (const { name, open, close } of views) {
            await open?.();
            for (const theme of language === 'en' ? THEMES : [THEMES[index % 2]!]) {
                await showTheme(person, theme);
                await person.painted();
                const where = `${name}-${language}-${size}-${theme}`;
                await person.page.screenshot({ path: join(SCREENSHOTS, `everyone-${where}.png`) as `${string}.png` });
                found.push(...(await axeViolations(person.page)).map((violation) => `${where}: ${violation}`));
                const sideways = await person.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
                if (sideways > 0) found.push(`${where}: ${sideways} px wider than the window`);
            }
            await close?.();
        }
    }
    await person.page.setViewport(SIZES.desktop);
    await showTheme(person, 'light');
    return found;
}

async function useLanguage(person: Person, language: string): Promise<void> {
    await person.page.evaluate((chosen) => localStorage.setItem('parley.language', chosen), language);
}

function inDialog(person: Person, open: () => Promise<unknown>): Pick<View, 'open' | 'close'> {
    return {
        async open() {
            await open();
            await person.see('close-dialog');
        },
        async close() {
            await person.press('close-dialog');
        },
    };
}

async function fromMenu(person: Person, item: string): Promise<void> {
    await person.press('more-button');
    await person.press(`menu-${item}`);
}

const escape = (person: Person) => () => person.page.keyboard.press('Escape');

for (const language of ['en', 'de']) {
    describe(`in ${language === 'de' ? 'German' : 'English'} axe finds nothing, and nothing is cut off`, () => {
        test('on the pages around a meeting', async () => {
            await ann.page.goto(`${server.url}/`);
            await useLanguage(ann, language);
            await ann.page.reload();
            await ann.see('create-room');
            const found = await look(ann, [
                { name: 'home' },
                { name: 'settings', ...inDialog(ann, () => ann.press('settings-button')) },
            ], language);
            await ann.press('create-room');
            room = { link: await ann.text('room-link'), code: (await ann.text('room-code')).replace(/\D/g, '') };
            found.push(...(await look(ann, [{ name: 'room-ready' }], language)));
            assert.equal(await ann.page.evaluate(() => document.documentElement.lang), language);
            await bob.page.goto(`${server.url}/meeting.html`);
            await useLanguage(bob, language);
            await bob.page.reload();
            await bob.see('bad-link');
            found.push(...(await look(bob, [{ name: 'bad-link' }], language)));
            await bob.openLobby(room.link);
            await bob.devicesReady();
            await bob.press('join-button'); // Nothing is filled in.
            found.push(...(await look(bob, [{ name: 'before-joining' }], language)));
            assert.deepEqual(found, []);
        });

        test('in a meeting', async () => {
            await ann.press('go-to-meeting');
            await ann.devicesReady();
            await ann.fill('name-input', 'Ann');
            await ann.press('join-button');
            await ann.see('room');
            const found = await look(ann, [{ name: 'alone' }], language);
            await bob.fill('name-input', 'Bob');
            await bob.fill('code-input', room.code);
            await bob.press('join-button');
            await untilEqual(() => ann.others(), ['Bob']);
            await bob.timeToFirstFrame();
            await bob.say('See https://example.org/plan for the plan, please.');
            await ann.openPanel('chat');
            await ann.page.select('[data-testid=chat-recipient]', ...(await values(ann, 'chat-recipient', 'Bob')));
            await ann.say('Thank you! Between you and me: it looks good.');
            await ann.see('chat-sent');
            await ann.closePanel();
            await bob.page.keyboard.press('Escape');
            await bob.page.keyboard.press('h');
            found.push(...(await look(ann, [
                { name: 'meeting' },
                { name: 'chat', open: () => ann.openPanel('chat') },
                {
                    name: 'emoji',
                    async open() {
                        await ann.press('chat-emoji');
                        await ann.see('emoji-picker');
                    },
                    close: async () => {
                        await ann.page.keyboard.press('Escape');
                        await ann.closePanel();
                    },
                },
                { name: 'people', open: () => ann.openPanel('participants') },
                { name: 'person-menu', open: () => pressMenuOf(ann, 'Bob'), close: escape(ann) },
                {
                    name: 'remove',
                    open: async () => {
                        await pressMenuOf(ann, 'Bob');
                        await ann.press('menu-remove');
                    },
                    close: async () => {
                        await ann.press('confirm-cancel');
                        await ann.closePanel();
                    },
                },
                { name: 'reactions', open: () => ann.press('react-button'), close: escape(ann) },
                { name: 'more', open: () => ann.press('more-button'), close: escape(ann) },
                {
                    name: 'statistics',
                    async open() {
                        await fromMenu(ann, 'stats');
                        await ann.see('stats-panel');
                    },
                    close: () => ann.closePanel(),
                },
                { name: 'shortcuts', ...inDialog(ann, () => fromMenu(ann, 'shortcuts')) },
                { name: 'settings-in-meeting', ...inDialog(ann, () => fromMenu(ann, 'settings')) },
            ], language)));
            found.push(...(await look(bob, [{ name: 'guest-people', open: () => bob.openPanel('participants') }], language)));
            assert.deepEqual(found, []);
        });

        test('in the lobby, at its door, and after the meeting', async () => {
            await ann.openPanel('participants');
            await ann.press('lobby-switch');
            await until(() => ann.page.$('[data-testid=lobby-switch][aria-checked=true]'), { what: 'the lobby is on' });
            await bob.leave();
            await bob.press('rejoin-button');
            await bob.press('join-button');
            await bob.see('waiting-card');
            const found = await look(bob, [{ name: 'waiting' }], language);
            await ann.see('waiting-list');
            found.push(...(await look(ann, [{ name: 'someone-waits' }], language)));
            await ann.press('admit');
            await bob.see('room');
            await ann.closePanel();
            await fromMenu(ann, 'end');
            await ann.press('confirm-action');
            await bob.see('left-page');
            await ann.see('left-page');
            found.push(...(await look(bob, [{ name: 'ended' }], language)));
            assert.deepEqual(found, []);
        });
    });
}

/** The values of the option with that text. */
async function values(person: Person, testId: string, text: string): Promise<string[]> {
    return person.page.$eval(`[data-testid=${testId}]`, (select, wanted) =>
        [...(select as HTMLSelectElement).options].filter((option) => option.text === wanted).map((option) => option.value), text);
}

async function pressMenuOf(person: Person, name: string): Promise<void> {
    const button = await person.page.waitForSelector(`[data-testid=participant][data-name=${name}] [data-testid=person-menu]`);
    await button!.click();
    await button!.dispose();
}

test('a whole meeting is held with the keyboard alone', async () => {
    const keys = new Keyboard(ann);
    await ann.page.goto(`${server.url}/`);
    await useLanguage(ann, 'en');
    await ann.page.evaluate(() => localStorage.removeItem('parley.name'));
    await ann.page.reload();
    await ann.see('create-room');
    await keys.press('create-room');
    const kept = { link: await ann.text('room-link'), code: (await ann.text('room-code')).replace(/\D/g, '') };
    await keys.press('go-to-meeting');
    await ann.devicesReady();
    // The name is the one thing that is missing, and has the focus.
    assert.equal(await keys.focused(), 'name-input');
    await keys.type('Ann');
    await keys.key('Enter');
    await ann.see('room');
    await useLanguage(bob, 'en');
    await bob.join(kept);
    await untilEqual(() => ann.others(), ['Bob']);

    // Mute by a key, unmute by the button.
    await keys.key('m');
    await untilEqual(async () => (await bob.tiles()).find(({ name }) => name === 'Ann')?.muted, true);
    await keys.to('mic-button');
    assert.ok(await keys.focusIsVisible());
    await keys.key('Enter');
    await untilEqual(async () => (await bob.tiles()).find(({ name }) => name === 'Ann')?.muted, false);

    // Chat: open, write, close; the focus comes back to the button.
    await keys.key('c');
    await until(async () => (await keys.focused()) === 'chat-input', { what: 'the field has the focus' });
    await keys.type('By keyboard');
    await keys.key('Enter');
    await until(async () => (await ann.chat()).includes('Ann: By keyboard'));
    await keys.key('Escape');
    assert.equal(await keys.focused(), 'chat-button');

    // Share a screen and stop.
    await keys.press('share-button');
    await untilEqual(() => bob.screens(), ['Ann']);
    // Bob may see it before the button has come to rest; until then it takes no other press.
    await ann.page.waitForSelector('[data-testid=share-button][aria-pressed=true]:not([aria-busy])');
    await keys.press('share-button');
    await untilEqual(() => bob.screens(), []);

    // Raise the hand; react.
    await keys.key('r');
    await until(async () => (await keys.focused()) === 'BUTTON', { what: 'a reaction has the focus' });
    await keys.key('ArrowRight');
    await keys.key('Enter');
    await bob.see('reaction');
    await keys.key('h');
    await bob.reads('toasts', /Ann raised a hand/);

    // What a host may do: mute Bob, through the menu of his line.
    await keys.key('p');
    await ann.see('participants-panel');
    await keys.to('person-menu');
    await keys.key('Tab');
    await keys.press('person-menu');
    await until(async () => (await keys.focused()).startsWith('menu-'), { what: 'the menu has the focus' });
    while ((await keys.focused()) !== 'menu-mute') await keys.key('ArrowDown');
    await keys.key('Enter');
    await bob.reads('toasts', /Ann muted you/);
    await keys.key('Escape');
    await keys.key('?');
    await ann.see('shortcuts-dialog');
    await keys.key('Escape');
    await until(async () => !(await ann.page.$('[data-testid=shortcuts-dialog]')), { what: 'the dialog is closed' });

    await keys.press('leave-button');
    await ann.see('left-page');
    assert.equal(await keys.focused(), 'H1');
    await untilEqual(() => bob.others(), []);
    await bob.leave();
});

test('what happens is put where screen readers announce it', async () => {
    const kept = await ann.createRoom(server.url);
    await ann.join(kept);
    // Everything that a polite live region has said since.
    await ann.page.evaluate(() => {
        const said: string[] = ((globalThis as { said?: string[] }).said = []);
        new MutationObserver((changes) => {
            for (const { target, addedNodes } of changes) {
                const live = (target instanceof Element ? target : target.parentElement)?.closest('[role=status], [role=log], [aria-live=polite]');
                if (live) addedNodes.forEach((node) => said.push(node.textContent ?? ''));
            }
        }).observe(document.body, { childList: true, subtree: true, characterData: true });
    });
    const hears = (pattern: RegExp) => until(
        async () => (await ann.page.evaluate(() => (globalThis as { said?: string[] }).said ?? [])).some((text) => pattern.test(text)),
        { what: `a screen reader says ${pattern}` },
    );
    await bob.join(kept);
    await hears(/Bob joined/);
    await bob.page.keyboard.press('h');
    await hears(/Bob raised a hand/);
    await bob.say('Can you hear this?');
    await hears(/Can you hear this\?/);
    await ann.openPanel('chat');
    await bob.say('And this?');
    await hears(/And this\?/);
    await bob.leave();
    await hears(/Bob left/);
    await ann.leave();
});

test('who wants less motion sees nothing move by itself', async () => {
    await ann.page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }]);
    const kept = await ann.createRoom(server.url);
    await ann.join(kept);
    await ann.page.keyboard.press('r');
    await ann.see('reactions');
    await ann.page.keyboard.press('Enter');
    await ann.see('reaction');
    const moving = await ann.page.evaluate(() =>
        document.getAnimations().filter(({ effect }) => Number(effect?.getComputedTiming().duration) > 10).length);
    assert.equal(moving, 0);
    await ann.page.emulateMediaFeatures([]);
    await ann.leave();
});
