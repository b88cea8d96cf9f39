import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'puppeteer-core';
import { SCREENSHOTS } from '../src/paths.ts';
import { openBrowser } from '../src/people.ts';
import { type RunningPreview, startPreview } from '../src/preview.ts';
import { until } from '../src/wait.ts';

/** Every view of the stage with made-up people, in both themes, on a desktop and on a phone: pictures to look at, and what must hold in each. */
const DESKTOP = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };
const LYING = { width: 844, height: 390 };

interface View {
    readonly name: string;
    readonly query: string;
    readonly view?: 'auto' | 'grid' | 'speaker';
    /** Tiles on the first page. */
    readonly tiles: Readonly<Partial<Record<'desktop' | 'phone' | 'lying', number>>>;
}

const VIEWS: readonly View[] = [
    { name: '01-alone', query: 'others=0', tiles: { desktop: 1, phone: 1, lying: 1 } },
    { name: '02-two', query: 'others=1', tiles: { desktop: 2, phone: 2 } },
    { name: '03-three', query: 'others=2', tiles: { desktop: 3, phone: 3, lying: 3 } },
    { name: '05-five', query: 'others=4', tiles: { desktop: 5, phone: 5, lying: 5 } },
    { name: '09-nine', query: 'others=8', tiles: { desktop: 9, phone: 5, lying: 5 } },
    { name: '16-sixteen', query: 'others=15', tiles: { desktop: 16, phone: 8, lying: 8 } },
    { name: '25-twenty-five', query: 'others=24', tiles: { desktop: 25 } },
    { name: '49-all', query: 'others=48', tiles: { desktop: 49, phone: 7, lying: 7 } },
    { name: 'share', query: 'others=4&shares=1', tiles: { desktop: 6, phone: 6, lying: 6 } },
    { name: 'share-two', query: 'others=4&shares=2', tiles: { desktop: 7, phone: 7 } },
    { name: 'share-crowd', query: 'others=15&shares=1', tiles: { desktop: 17 } },
    { name: 'speaker', query: 'others=5&speaker=1', view: 'speaker', tiles: { desktop: 6, phone: 6, lying: 6 } },
];
const WINDOWS = { desktop: DESKTOP, phone: PHONE, lying: LYING } as const;

let browser: Browser;
let preview: RunningPreview;
let page: Page;

before(async () => {
    [browser, preview] = await Promise.all([openBrowser({ autoplay: true }), startPreview()]);
});

after(async () => {
    await browser?.close();
    await preview?.stop();
});

async function open(query: string, window: { width: number; height: number }, dark: boolean, view = 'auto', language = 'en'): Promise<void> {
    await page?.close();
    page = await browser.newPage();
    await page.setViewport(window);
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' }]);
    await page.evaluateOnNewDocument((view, language) => {
        localStorage.clear();
        localStorage.setItem('parley.view', view);
        localStorage.setItem('parley.language', language);
    }, view, language);
    await page.goto(preview.address(`${query}&name`));
    await page.waitForSelector('[data-testid=tile]');
    await rest();
}

/** Every video of the stage shows something, and nothing moves any more. */
async function rest(): Promise<void> {
    await until(
        () => page.evaluate(() => [...document.querySelectorAll<HTMLVideoElement>('[data-testid=tile] video')].every((video) => video.readyState >= 2)),
        { what: 'every tile has its picture' },
    );
    await page.evaluate(async () => {
        const ending = document.getAnimations().filter(({ effect }) => effect?.getTiming().iterations !== Infinity);
        await Promise.allSettled(ending.map(({ finished }) => finished));
    });
}

const shoot = (name: string): Promise<unknown> => page.screenshot({ path: join(SCREENSHOTS, `stage-${name}.png`) as `${string}.png` });

/** What is wrong with the tiles as the browser draws them. */
function faults(): Promise<string[]> {
    return page.evaluate(() => {
        const found: string[] = [];
        const stage = document.querySelector('[data-testid=stage]')!.getBoundingClientRect();
        const tiles = [...document.querySelectorAll<HTMLElement>('[data-testid=tile]')];
        const boxes = tiles.map((tile) => tile.getBoundingClientRect());
        boxes.forEach((box, index) => {
            const name = tiles[index]!.dataset['name'];
            if (box.left < stage.left - 1 || box.top < stage.top - 1 || box.right > stage.right + 1 || box.bottom > stage.bottom + 1) found.push(`${name} is outside`);
            boxes.slice(index + 1).forEach((other, at) => {
                const floats = [tiles[index]!, tiles[index + 1 + at]!].some((tile) => tile.classList.contains('tile--floating'));
                if (!floats && box.right > other.left + 1 && other.right > box.left + 1 && box.bottom > other.top + 1 && other.bottom > box.top + 1) found.push(`${name} overlaps`);
            });
            const label = tiles[index]!.querySelector('.tile__label')!.getBoundingClientRect();
            if (label.right > box.right + 1 || label.bottom > box.bottom + 1) found.push(`the name of ${name} leaves its tile`);
        });
        if (document.documentElement.scrollWidth > innerWidth || document.documentElement.scrollHeight > innerHeight) found.push('the page scrolls');
        return found;
    });
}

for (const { name, query, view, tiles } of VIEWS) {
    test(`the view ${name} stands as it should`, async () => {
        for (const [size, wanted] of Object.entries(tiles) as [keyof typeof WINDOWS, number][]) {
            await open(query, WINDOWS[size], false, view);
            await shoot(`${name}-${size}`);
            assert.deepEqual(await faults(), [], size);
            assert.equal((await page.$$('[data-testid=tile]')).length, wanted, size);
            await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }]);
            await rest();
            await shoot(`${name}-${size}-dark`);
        }
    });
}

test('a bad connection, the menus and the statistics look as they should', async () => {
    const press = (testId: string): Promise<void> => page.click(`[data-testid=${testId}]`);
    await open('others=4', DESKTOP, false);
    await page.waitForSelector('[data-testid=quality]', { timeout: 20_000 });
    assert.equal(await page.$eval('[data-testid=quality]', (mark) => mark.textContent), 'Ravi’s connection is losing packets');
    await shoot('quality-desktop');
    await press('more-button');
    await rest();
    await shoot('menu-desktop');
    await page.keyboard.press('Escape');
    await page.hover('[data-testid=tile][data-name=Ravi]');
    await page.click('[data-testid=tile][data-name=Ravi] [data-testid=tile-menu]');
    await rest();
    await shoot('tile-menu-desktop');
    await press('menu-details');
    await page.waitForSelector('[data-testid=stats-stream] .spark__line');
    await rest();
    await shoot('statistics-desktop');
    assert.deepEqual(await faults(), []);
    await page.setViewport(PHONE);
    await rest();
    await shoot('statistics-phone');
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }]);
    await page.setViewport(DESKTOP);
    await rest();
    await shoot('statistics-dark-desktop');
});

test('the same in German', async () => {
    await open('others=4', PHONE, true, 'auto', 'de');
    await page.waitForSelector('[data-testid=quality]', { timeout: 20_000 });
    await shoot('quality-german-phone');
    await page.click('[data-testid=more-button]');
    await rest();
    await shoot('menu-german-phone');
    await page.keyboard.press('Escape');
    await page.click('[data-testid=tile][data-name=Ravi] [data-testid=tile-menu]');
    await page.click('[data-testid=menu-details]');
    await page.waitForSelector('[data-testid=stats-stream] .spark__line');
    await rest();
    await shoot('statistics-german-phone');
});
