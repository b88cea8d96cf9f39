import { join } from 'node:path';
import puppeteer, { type Browser, type BrowserContext, type Page } from 'puppeteer-core';
import { type Likeness, type LikenessFiles, likenessFiles, SMALL } from './media.ts';
import { temporaryFolder } from './paths.ts';
import { Person } from './person.ts';

/** Distinct in every channel, in both halves, and far apart in pitch. */
export const LIKENESSES = {
    Ann: { left: [220, 30, 30], right: [240, 200, 30], tone: 440 },
    Bob: { left: [30, 180, 50], right: [200, 40, 200], tone: 1_000 },
    Cleo: { left: [40, 60, 220], right: [40, 200, 220], tone: 2_200 },
    Dora: { left: [240, 240, 240], right: [60, 60, 60], tone: 3_100 },
} as const satisfies Record<string, Likeness>;

export type LikenessName = keyof typeof LIKENESSES;

export const CHROMIUM = process.env['PARLEY_CHROMIUM'] ?? '/usr/bin/chromium';

/** Part of the title of the meeting page, and of no other. */
const MEETING_TITLE = 'Meeting';

interface BrowserOptions {
    /** Whose picture and tone the camera and the microphone give; without it there is no camera. */
    readonly likeness?: LikenessName;
    /** What camera and microphone give instead of a likeness. */
    readonly files?: LikenessFiles;
    /** What the person answers when the browser asks for a device or a screen. */
    readonly permission?: 'accept' | 'deny';
    /** What is captured when a screen is shared: Chromium's test screen, or the tab itself. */
    readonly screen?: 'monitor' | 'browser';
    /** Whether sound plays without a click. Not for tests that prove that it plays. */
    readonly autoplay?: boolean;
    /** Only listens: there is no camera and no microphone, and {@link Ears} hear what comes out of the tab. */
    readonly listens?: boolean;
    /** Chromium's own fake cameras, that many, and its fake microphones and speakers, instead of a likeness. */
    readonly cameras?: number;
    /** A picture of 320 × 180, which costs little. */
    readonly small?: boolean;
    /** The page is hidden when another tab is before it. */
    readonly hideable?: boolean;
    /** Certificates are checked, by what the home folder's store trusts. Without it every one will do. */
    readonly trusting?: { readonly home: string };
    /** What starts Chromium, when it is not to run on this machine's network. */
    readonly executable?: string;
}

/** One browser process: the fake camera and microphone belong to the process. Closed at the latest when this process ends. */
export async function openBrowser(options: BrowserOptions = {}): Promise<Browser> {
    const { likeness, permission = 'accept', screen, autoplay = false, listens = false, cameras, small = false, trusting } = options;
    const files = likeness === undefined ? options.files : likenessFiles(likeness, LIKENESSES[likeness], small ? SMALL : undefined);
    const fakeDevice = ['fps=15'];
    if (screen !== undefined) fakeDevice.push(`display-media-type=${screen}`);
    if (cameras !== undefined) fakeDevice.push(`device-count=${cameras}`);
    else if (files === undefined && permission === 'accept') fakeDevice.push('device-count=0'); // no camera
    const args = [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--allow-loopback-in-peer-connection',
        // A page that is not in front must go on like one that is.
        '--disable-backgrounding-occluded-windows',
        '--disable-renderer-backgrounding',
        '--disable-background-timer-throttling',
        '--force-color-profile=srgb',
    ];
    if (listens) {
        // With fake devices the sound of a tab would be fake too.
        args.push(`--auto-select-tab-capture-source-by-title=${MEETING_TITLE}`);
    } else {
        args.push(permission === 'accept' ? '--use-fake-ui-for-media-stream' : '--use-fake-ui-for-media-stream=deny');
        args.push(`--use-fake-device-for-media-stream=${fakeDevice.join(',')}`);
    }
    if (autoplay) args.push('--autoplay-policy=no-user-gesture-required');
    if (files !== undefined) {
        args.push(`--use-file-for-fake-video-capture=${files.video}`, `--use-file-for-fake-audio-capture=${files.audio}`);
    }
    // Of the run's own, so that even a browser that is killed leaves nothing behind.
    const folder = temporaryFolder('browser');
    return puppeteer.launch({
        userDataDir: join(folder, 'profile'),
        env: { ...process.env, TMPDIR: folder, ...(trusting && { HOME: trusting.home }) },
        executablePath: options.executable ?? CHROMIUM,
        headless: true,
        pipe: true,
        acceptInsecureCerts: trusting === undefined,
        args,
        // Puppeteer's own; a muted browser has nothing to hear.
        ...(listens && { ignoreDefaultArgs: ['--mute-audio'] }),
        defaultViewport: { width: 1280, height: 800 },
        timeout: 60_000,
    });
}

/** People and their browsers, all of them gone after {@link Crowd.disperse}. */
export class Crowd {
    private readonly browsers = new Set<Browser>();
    private readonly all: Person[] = [];

    /** A person in a browser process of their own. */
    async person(name: string, options: BrowserOptions = {}): Promise<Person> {
        const browser = await openBrowser(options);
        this.browsers.add(browser);
        return this.inContext(name, browser.defaultBrowserContext(), (await browser.pages())[0], options.hideable);
    }

    /** Somebody with the same camera and microphone, but otherwise with a browser of their own. */
    async twin(name: string, of: Person): Promise<Person> {
        const context = await of.page.browser().createBrowserContext();
        return this.inContext(name, context);
    }

    async disperse(): Promise<void> {
        await Promise.all([...this.browsers].map((browser) => browser.close()));
        this.browsers.clear();
    }

    /** What went wrong inside the pages: exceptions, and violations of the content security policy. */
    problems(): string[] {
        return this.all.flatMap((person) => person.problems.map((problem) => `${person.name}: ${problem}`));
    }

    private async inContext(name: string, context: BrowserContext, page?: Page, hideable = false): Promise<Person> {
        const person = new Person(name, page ?? (await context.newPage()));
        await person.prepare(hideable);
        this.all.push(person);
        return person;
    }
}
