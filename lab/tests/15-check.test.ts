import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { Browser, Page } from 'puppeteer-core';
import { axeViolations } from '../src/axe.ts';
import { checked as openChecked, checkResult, type CheckResult, faultsOf } from '../src/checkPage.ts';
import { openFirefox } from '../src/firefox.ts';
import { Gate } from '../src/gate.ts';
import { ImpairedPath } from '../src/impairment.ts';
import { SCREENSHOTS } from '../src/paths.ts';
import { openBrowser } from '../src/people.ts';
import { type Relay, secretFile, startRelay } from '../src/relay.ts';
import { freePort, type RunningServer, startServer } from '../src/server.ts';

/** The page that tries the connection, with one fault after the other put in its way. */
const ANNOUNCED = '127.0.0.10';
const FINE = { loss: 0, delay: 0, reordering: 0, seed: 1 };
const DEAD = { ...FINE, loss: 1 };
const SECRET = 'shared-with-the-relay-0123456789';

let server: RunningServer;
let signalling: Gate;
let udp: ImpairedPath;
let tcp: Gate;
let relay: Relay | undefined;
let turnPort: number;
let url: string;
let chromium: Browser;
let page: Page;

before(async () => {
    mkdirSync(SCREENSHOTS, { recursive: true });
    const port = await freePort();
    turnPort = port + 2;
    server = await startServer('check', {
        'announced-address': ANNOUNCED,
        'public-url': `https://localhost:${port}/`,
        'turn-url': `turn:127.0.0.1:${turnPort}?transport=udp,turn:127.0.0.1:${turnPort}?transport=tcp`,
        'turn-secret-file': secretFile(SECRET),
    });
    url = `https://localhost:${port}/check.html`;
    signalling = await Gate.open(port, server.port);
    udp = await ImpairedPath.open(ANNOUNCED, { address: '127.0.0.1', port: server.mediaPort }, FINE);
    tcp = await Gate.open(server.mediaPort, server.mediaPort, ANNOUNCED);
    relay = await startRelay(turnPort, SECRET);
    chromium = await openBrowser({ cameras: 1 });
});

beforeEach(async () => {
    page = await chromium.newPage();
});

after(async () => {
    await chromium?.close();
    await relay?.stop();
    udp?.close();
    await tcp?.close();
    await signalling?.close();
    await server?.stop();
});

/** Opens the page and waits until everything has been tried. */
const checked = (on: Page = page): Promise<CheckResult> => openChecked(on, url);

/** No relay over TLS here: that wants a certificate that browsers trust. */
const NO_TLS = 'relay-tls skipped probe/not-offered';

test('Chromium: everything works, also through the relay, each with its time and address', async (t) => {
    const report = await checked();
    assert.deepEqual(faultsOf(report), [NO_TLS]);
    assert.equal(report.verdict, 'good');
    assert.match(report.text, new RegExp(`${ANNOUNCED}:${server.mediaPort}`));
    assert.match(report.text, new RegExp(`turn:127.0.0.1:${turnPort}`));
    t.diagnostic([...report.text.matchAll(/\d+ ms/g)].join(', '));
});

test('the report can be kept', async () => {
    await checked();
    const kept = await page.evaluate(async () => {
        let blob: Blob | undefined;
        const make = URL.createObjectURL;
        URL.createObjectURL = (given: Blob) => make((blob = given));
        document.querySelector<HTMLElement>('[data-testid=check-save]')!.click();
        return blob?.text();
    });
    const { lines, verdict } = JSON.parse(kept ?? '{}') as { lines: unknown[]; verdict: string };
    assert.equal(lines.length, 10);
    assert.equal(verdict, 'good');
});

describe('each fault turns its own line red', () => {
    const turnedRed = async (expected: string[], verdict: string): Promise<void> => {
        const report = await checked();
        assert.deepEqual(faultsOf(report).sort(), [...expected, NO_TLS].sort());
        assert.equal(report.verdict, verdict);
    };

    test('TCP is dead', async () => {
        tcp.shut();
        try {
            await turnedRed(['tcp failed tcp/blocked'], 'good');
        } finally {
            tcp.restore();
        }
    });

    test('the relay is dead', async () => {
        await relay?.stop();
        relay = undefined;
        await turnedRed(['relay-udp failed relay/unreachable', 'relay-tcp failed relay/unreachable'], 'good');
    });

    test('the relay has another secret', async () => {
        relay = await startRelay(turnPort, 'quite-another-secret-0123456789');
        await turnedRed(['relay-udp failed relay/refused', 'relay-tcp failed relay/refused'], 'good');
        await relay.stop();
        relay = await startRelay(turnPort, SECRET);
    });

    test('WebSockets are blocked', async () => {
        await page.evaluateOnNewDocument(() => {
            globalThis.WebSocket = class extends EventTarget {
                constructor() {
                    super();
                    setTimeout(() => {
                        this.dispatchEvent(new Event('error'));
                        (this as unknown as { onerror?(event: Event): void }).onerror?.(new Event('error'));
                    });
                }
                close(): void {}
            } as unknown as typeof WebSocket;
        });
        await turnedRed(['websocket warning websocket/blocked'], 'limited');
    });

    test('the server goes away while the page is open', async () => {
        await checked();
        signalling.shut();
        try {
            await page.click('[data-testid=check-again]');
            await page.waitForSelector('[data-testid=check-line][data-id=https][data-status=failed]');
            const report = await checkResult(page);
            assert.equal(report.verdict, 'blocked');
            assert.ok(report.lines.includes('websocket failed signalling/unreachable'), report.lines.join());
            assert.ok(report.lines.includes('udp skipped probe/needs-signalling'), report.lines.join());
        } finally {
            signalling.restore();
        }
    });

    test('there is no camera', async () => {
        const bare = await openBrowser();
        try {
            const report = await checked((await bare.pages())[0]);
            assert.deepEqual(faultsOf(report), [NO_TLS, 'camera failed device/missing']);
            assert.equal(report.verdict, 'limited');
        } finally {
            await bare.close();
        }
    });

    test('the browser may not use them', async () => {
        const refusing = await openBrowser({ permission: 'deny', likeness: 'Ann' });
        try {
            const report = await checked((await refusing.pages())[0]);
            assert.deepEqual(faultsOf(report), [NO_TLS, 'microphone failed device/denied', 'camera failed device/denied']);
        } finally {
            await refusing.close();
        }
    });
});

describe('the page', () => {
    const SIZES = { desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } } as const;

    async function look(page: Page, name: string): Promise<string[]> {
        const found: string[] = [];
        await page.bringToFront();
        for (const [size, viewport] of Object.entries(SIZES)) {
            await page.setViewport(viewport);
            for (const theme of ['light', 'dark']) {
                await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }]);
                await page.evaluate(async () => {
                    await new Promise(requestAnimationFrame);
                    await Promise.allSettled(document.getAnimations().filter(({ effect }) => effect?.getTiming().iterations !== Infinity).map(({ finished }) => finished));
                });
                await page.screenshot({ path: join(SCREENSHOTS, `check-${name}-${size}-${theme}.png`) as `${string}.png`, fullPage: true });
                found.push(...(await axeViolations(page)).map((violation) => `${name} ${size} ${theme}: ${violation}`));
                const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
                if (sideways > 0) found.push(`${name} ${size}: ${sideways} px wider than the window`);
            }
        }
        return found;
    }

    /** With UDP dead, when a relay that reaches nobody is told apart from one that cannot be reached. */
    const UDP_IS_DEAD = ['udp failed udp/blocked', 'relay-udp failed relay/no-route', 'relay-tcp failed relay/no-route'];

    test('says that UDP is dead, and is read by everybody, with and without faults', async () => {
        // Both languages at once: giving up UDP and the relays takes 12 s.
        const pages = await Promise.all(['en', 'de'].map(async (language) => {
            const page = await (await chromium.createBrowserContext()).newPage();
            await page.evaluateOnNewDocument((language) => localStorage.setItem('parley.language', language), language);
            return { language, page };
        }));
        await Promise.all(pages.map(({ page }) => checked(page)));
        const found: string[] = [];
        for (const { language, page } of pages) found.push(...(await look(page, `good-${language}`)));
        udp.become(DEAD);
        try {
            const reports = await Promise.all(pages.map(async ({ page }) => {
                await page.click('[data-testid=check-again]');
                await page.waitForSelector('[data-testid=check-line][data-id=udp][data-status=failed]', { timeout: 30_000 });
                return checkResult(page);
            }));
            for (const report of reports) {
                assert.deepEqual(faultsOf(report).sort(), [...UDP_IS_DEAD, NO_TLS].sort());
                assert.equal(report.verdict, 'limited');
            }
            for (const { language, page } of pages) found.push(...(await look(page, `udp-${language}`)));
        } finally {
            udp.become(FINE);
        }
        assert.deepEqual(found, []);
        for (const { language, page } of pages) {
            assert.equal(await page.$eval('html', (html) => html.lang), language);
            await page.browserContext().close();
        }
    });

    test('is linked from the home page', async () => {
        await page.goto(url.replace('check.html', ''));
        await page.waitForSelector('[data-testid=check-link]');
        await Promise.all([page.waitForNavigation(), page.click('[data-testid=check-link]')]);
        await page.waitForSelector('[data-testid=check-page]');
    });
});

test('Firefox: signalling, relays, devices and codecs pass', async (t) => {
    const firefox = await openFirefox({ fakeDevices: true });
    try {
        const report = await checked(await firefox.newPage());
        t.diagnostic(report.lines.join(', '));
        t.diagnostic([...report.text.matchAll(/\d+ ms/g)].join(', '));
        // The direct ways are not asserted: Firefox was seen not to reach this second loopback address without a relay.
        assert.deepEqual(faultsOf(report).filter((line) => !/^(udp|tcp) /.test(line)), [NO_TLS]);
    } finally {
        await firefox.close();
    }
});
