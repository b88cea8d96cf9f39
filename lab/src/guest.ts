import { join } from 'node:path';
import { build } from 'esbuild';
import type { Browser, Page } from 'puppeteer-core';
import type { GuestPage } from './guest/page.ts';

/** One object of `RTCPeerConnection.getStats()`. */
export type Stats = Record<string, unknown> & { readonly type: string; readonly id: string };

let bundled: Promise<string> | undefined;

/** The page's script, made once. */
function bundle(): Promise<string> {
    bundled ??= build({
        entryPoints: [join(import.meta.dirname, 'guest/page.ts')],
        bundle: true,
        format: 'iife',
        target: 'es2022',
        write: false,
        logLevel: 'silent',
    }).then(({ outputFiles }) => outputFiles[0]!.text);
    return bundled;
}

/** Somebody in a browser context of their own who uses no code of Parley, only what docs/signalling.md says. */
export class Guest {
    private constructor(
        readonly name: string,
        readonly page: Page,
    ) {}

    static async open(browser: Browser, url: string, name: string): Promise<Guest> {
        const page = await (await browser.createBrowserContext()).newPage();
        await (await page.createCDPSession()).send('Emulation.setFocusEmulationEnabled', { enabled: true });
        await page.evaluateOnNewDocument('globalThis.__name = (named) => named;');
        // A page of the server's origin in which nothing but the guest's script lives: the one that says that there is none.
        await page.goto(`${url}/guest.html`);
        await page.evaluate(await bundle());
        return new Guest(name, page);
    }

    /** Calls a function of the page. */
    do<K extends keyof GuestPage>(what: K, ...parameters: Parameters<GuestPage[K]>): Promise<Awaited<ReturnType<GuestPage[K]>>> {
        return this.page.evaluate(
            (what, parameters) => {
                const { guest } = globalThis as unknown as { guest: Record<string, (...parameters: unknown[]) => unknown> };
                return guest[what]!(...parameters);
            },
            what,
            parameters as unknown[],
        ) as Promise<Awaited<ReturnType<GuestPage[K]>>>;
    }

    /** What the browser says about a transport, by type. */
    async stats(direction: 'send' | 'recv'): Promise<(type: string, kind?: 'audio' | 'video') => Stats | undefined> {
        const all = (await this.do('stats', direction)) as Stats[];
        return (type, kind) => all.findLast((one) => one.type === type && (kind === undefined || one['kind'] === kind));
    }

    /** A number of those; 0 when there is none. */
    async stat(direction: 'send' | 'recv', type: string, kind: 'audio' | 'video' | undefined, field: string): Promise<number> {
        return Number((await this.stats(direction))(type, kind)?.[field] ?? 0);
    }
}
