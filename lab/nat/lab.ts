import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, TimeoutError } from 'puppeteer-core';
import { LOGS, SCREENSHOTS } from '../src/paths.ts';
import type { LikenessName } from '../src/people.ts';
import { Person } from '../src/person.ts';
import { chromiumOn, firefoxOn } from './browsers.ts';
import { coturn, type Turn } from './coturn.ts';
import type { Daemon } from './daemon.ts';
import { Network } from './network.ts';
import { parley } from './parley.ts';
import { Authority } from './pki.ts';
import { type Firewall, oneToOneRules, routerRules, type Translation } from './routers.ts';
import {
    CLOUD, CLOUD_INSIDE, type Family, PEOPLE, type PersonNode, place, RELAY, RELAY_NAME, SERVER, SERVER_V6, SITES, type SiteName, WORLD,
} from './world.ts';

export const URL_V4 = `https://${SERVER}`;
export const URL_V6 = `https://[${SERVER_V6}]`;
export const URL_CLOUD = `https://${CLOUD}`;

const NAMES = { ann: 'Ann', bob: 'Bob', fay: 'Fay' } as const satisfies Record<PersonNode, string>;

/** The world with its servers, and the browsers of the people in it, which are opened once, when they are first needed. */
export class Lab {
    private readonly browsers = new Map<PersonNode, Promise<Browser>>();
    private readonly daemons = new Set<Daemon>();
    private readonly visitors: Person[] = [];

    private constructor(
        readonly network: Network,
        private readonly authority: Authority,
        readonly turn: Turn,
        readonly server: Daemon,
        /** The secrets of all DTLS handshakes of the server. */
        readonly keyLog: string,
    ) {}

    static async open(): Promise<Lab> {
        const network = await Network.up(WORLD);
        try {
            const authority = await Authority.found();
            const [serverCertificate, relayCertificate] = await Promise.all([
                authority.issue('server', [SERVER, SERVER_V6]),
                authority.issue('relay', [RELAY, RELAY_NAME]),
            ]);
            // Beside the captures, so that Wireshark can be given both.
            const keyLog = join(LOGS, 'nat-dtls.keys');
            rmSync(keyLog, { force: true });
            const turn = await coturn(network, relayCertificate);
            const server = parley(network, 'server', SERVER, serverCertificate, {
                'announced-address': `${SERVER},${SERVER_V6}`,
                'public-url': `${URL_V4}/`,
                'turn-url': turn.urls.join(','),
                'turn-secret-file': turn.secretFile,
                'dtls-key-log': keyLog,
            });
            const lab = new Lab(network, authority, turn, server, keyLog);
            await Promise.all([
                lab.started(server),
                lab.started(turn.daemon),
                network.filter('cloud', oneToOneRules(CLOUD, CLOUD_INSIDE)),
                ...Object.keys(SITES).map((site) => lab.router(site as SiteName, 'cone')),
            ]);
            return lab;
        } catch (error) {
            network.down();
            throw error;
        }
    }

    /** A second server, which is behind the cloud's NAT and has no public address of its own. */
    async openCloud(): Promise<void> {
        const certificate = await this.authority.issue('cloud', [CLOUD]);
        await this.started(
            parley(this.network, 'vm', CLOUD_INSIDE, certificate, { 'announced-address': CLOUD, 'public-url': `${URL_CLOUD}/` }),
        );
    }

    async close(): Promise<void> {
        await Promise.all([...this.browsers.values()].map(async (browser) => (await browser).close().catch(() => {})));
        await Promise.all([...this.daemons].map((daemon) => daemon.stop()));
        this.network.down();
    }

    /** How a site's router translates from now on, and what it lets through. */
    async router(site: SiteName, translation: Translation, firewall?: Firewall): Promise<void> {
        const { router, lan } = SITES[site];
        const host = Object.values(PEOPLE).find((person) => person.site === site)!.host;
        await this.network.filter(router, routerRules(translation, `${lan}.${host}`, firewall));
    }

    /** Gives somebody's machine a network: by default the one it was in at first. */
    async settle(who: PersonNode, site: SiteName = PEOPLE[who].site, family: Family = 'v4'): Promise<void> {
        const { plug, routes } = place(site, PEOPLE[who].host, family);
        await this.network.unplug(who);
        await this.network.plug(who, plug, routes);
    }

    /**
     * Gives somebody's machine a network, and waits until their browser knows: Chromium hears of it about 2 s later, if not at once, and
     * then gives up whatever it is loading.
     */
    async move(who: PersonNode, site?: SiteName, family: Family = 'v4'): Promise<void> {
        await this.settle(who, site, family);
        const page = await (await (await this.browser(who)).createBrowserContext()).newPage();
        try {
            // The second request is answered with the next ping, in 25 s. Who is still waiting after 4 s has known before it.
            const poll = `${family === 'v4' ? URL_V4 : URL_V6}/socket.io/?EIO=4&transport=polling`;
            const opened = await page.goto(poll);
            const { sid } = JSON.parse((await opened!.text()).slice(1)) as { sid: string };
            await page.goto(`${poll}&sid=${sid}`, { timeout: 4_000 });
        } catch (error) {
            if (!(error instanceof TimeoutError) && !String(error).includes('ERR_NETWORK_CHANGED')) throw error;
        } finally {
            await page.browserContext().close();
        }
    }

    /** Somebody with a page of their own; on Fay's machine it is Firefox, on the others' Chromium. */
    async person(who: PersonNode, name: string = NAMES[who]): Promise<Person> {
        const browser = await this.browser(who);
        const context = await browser.createBrowserContext();
        // Of several tabs of a window, Firefox shows pictures in the one in front.
        const person = new Person(name, await context.newPage(who === 'fay' ? { type: 'window' } : {}));
        await person.prepare();
        this.visitors.push(person);
        return person;
    }

    /** Of everybody's page, into build/screenshots. */
    async takePictures(): Promise<void> {
        const time = Date.now();
        const shoot = ({ name, page }: Person): Promise<unknown> =>
            page.screenshot({ path: join(SCREENSHOTS, `nat-${time}-${name}.png`) as `${string}.png` }).catch(() => {});
        await Promise.all(this.visitors.map(shoot));
    }

    /** Everybody's pages are closed; what went wrong in them is told. */
    async part(): Promise<string[]> {
        const visitors = this.visitors.splice(0);
        await Promise.all(visitors.map((person) => person.page.browserContext().close()));
        return visitors.flatMap((person) => person.problems.map((problem) => `${person.name}: ${problem}`));
    }

    private browser(who: PersonNode): Promise<Browser> {
        let browser = this.browsers.get(who);
        if (browser === undefined) {
            const { network, authority } = this;
            browser = who === 'fay' ? firefoxOn(network, who, authority) : chromiumOn(network, who, authority, NAMES[who] as LikenessName);
            this.browsers.set(who, browser);
        }
        return browser;
    }

    private async started(daemon: Daemon): Promise<void> {
        this.daemons.add(daemon);
        await daemon.start();
    }
}
