import { join } from 'node:path';
import type { ElementHandle, Page } from 'puppeteer-core';
import type { Rgb } from './media.ts';
import { SCREENSHOTS } from './paths.ts';
import { installProbe } from './probe.ts';
import { until } from './wait.ts';

export interface Room {
    readonly link: string;
    readonly code: string;
}

export interface TileInfo {
    readonly name: string;
    readonly source: string;
    readonly self: boolean;
    readonly muted: boolean;
    readonly video: boolean;
}

/** The strongest frequency in what is heard, and how strong single frequencies are. */
export interface Heard {
    /** Hertz. */
    readonly peak: number;
    /** dBFS. */
    readonly level: number;
    /** dBFS at each frequency asked for. */
    readonly at: readonly number[];
}

const byTestId = (id: string): string => `[data-testid="${id}"]`;

/** Somebody in front of a browser, who does what people do and tells what they see and hear. */
export class Person {
    readonly problems: string[] = [];
    isFirefox = false;

    constructor(
        readonly name: string,
        readonly page: Page,
    ) {}

    /** `hideable`: the page is hidden when another tab is before it, as with people; else each page believes itself in front. */
    async prepare(hideable = false): Promise<void> {
        const { page, problems } = this;
        page.setDefaultTimeout(15_000);
        page.on('pageerror', (error) => problems.push(`exception: ${error instanceof Error ? error.message : String(error)}`));
        page.on('console', (message) => {
            if (/Content[- ]Security[- ]Policy/i.test(message.text())) problems.push(message.text());
        });
        this.isFirefox = /firefox/i.test(await page.browser().version());
        if (!this.isFirefox && !hideable) {
            await (await page.createCDPSession()).send('Emulation.setFocusEmulationEnabled', { enabled: true });
        }
        // Functions handed to the page are compiled to call this helper, which the page does not have.
        await page.evaluateOnNewDocument('globalThis.__name = (named) => named;');
        await page.evaluateOnNewDocument(installProbe);
        await page.evaluateOnNewDocument(() => {
            document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
                console.error(`Content Security Policy violated: ${violatedDirective} ${blockedURI}`),
            );
        });
    }

    // ---- what people do

    async createRoom(url: string): Promise<Room> {
        await this.page.goto(`${url}/`);
        await this.press('create-room');
        return { link: await this.text('room-link'), code: (await this.text('room-code')).replace(/\D/g, '') };
    }

    async openLobby(link: string): Promise<void> {
        await this.page.goto(link);
        await this.see('join-button');
    }

    /** Fills the lobby's form and presses Join. */
    async submit(code: string): Promise<void> {
        await this.fill('name-input', this.name);
        await this.fill('code-input', code);
        await this.press('join-button');
    }

    async join({ link, code }: Room): Promise<void> {
        await this.openLobby(link);
        await this.devicesReady();
        await this.submit(code);
        await this.see('room');
    }

    async leave(): Promise<void> {
        await this.press('leave-button');
        await this.see('left-page');
    }

    async say(text: string): Promise<void> {
        await this.openPanel('chat');
        await this.fill('chat-input', text);
        await this.press('chat-send');
    }

    async openPanel(panel: 'chat' | 'participants'): Promise<void> {
        if (!(await this.page.$(byTestId(`${panel}-panel`)))) await this.press(`${panel}-button`);
        await this.see(`${panel}-panel`);
    }

    async closePanel(): Promise<void> {
        await this.press('close-panel');
    }

    async press(testId: string): Promise<void> {
        const element = await this.see(testId);
        await element.click();
        await element.dispose();
    }

    async fill(testId: string, text: string): Promise<void> {
        const element = await this.see(testId);
        await element.click({ count: 3 });
        await this.page.keyboard.press('Backspace');
        await element.type(text);
        await element.dispose();
    }

    /** Camera and microphone are there, or it is said why not. */
    async devicesReady(): Promise<void> {
        await this.page.waitForSelector(`${byTestId('preview')} video, ${byTestId('device-error')}`);
    }

    /** The signalling connection drops; media is not touched. */
    async cutConnection(): Promise<void> {
        await this.page.evaluate(() => (globalThis as unknown as { parleyProbe: { cutConnection(): void } }).parleyProbe.cutConnection());
    }

    /** The browser dies without a word, all of its processes at once: one left over would still close the connections properly. */
    crash(): void {
        const group = this.page.browser().process()?.pid;
        if (group !== undefined) process.kill(-group, 'SIGKILL');
    }

    // ---- what people see

    async see(testId: string): Promise<ElementHandle<Element>> {
        const element = await this.page.waitForSelector(byTestId(testId), { visible: true });
        if (!element) throw new Error(`${this.name} does not see ${testId}`);
        return element;
    }

    async text(testId: string): Promise<string> {
        const element = await this.see(testId);
        const text = await element.evaluate((node) => node.textContent ?? '');
        await element.dispose();
        return text.trim();
    }

    /** Waits until the text is there. */
    async reads(testId: string, pattern: RegExp): Promise<void> {
        await until(async () => pattern.test(await this.text(testId)), { what: `${this.name} reads ${pattern} in ${testId}` });
    }

    /** `connected` or `reconnecting`. */
    state(): Promise<string | undefined> {
        return this.page.$eval(byTestId('room'), (room) => (room as HTMLElement).dataset['state']);
    }

    tiles(): Promise<TileInfo[]> {
        return this.page.$$eval(byTestId('tile'), (tiles) =>
            tiles.map((tile) => {
                const { name = '', source = '', self, muted } = (tile as HTMLElement).dataset;
                return { name, source, self: self === 'true', muted: muted === 'true', video: tile.querySelector('video') !== null };
            }),
        );
    }

    /** Whose cameras' tiles there are, oneself not counted, in alphabetical order. */
    async others(): Promise<string[]> {
        return (await this.tiles())
            .filter(({ self, source }) => !self && source === 'camera')
            .map(({ name }) => name)
            .sort();
    }

    /** Whose screens are shown, oneself not counted, in alphabetical order. */
    async screens(): Promise<string[]> {
        return (await this.tiles())
            .filter(({ self, source, video }) => !self && source === 'screen' && video)
            .map(({ name }) => name)
            .sort();
    }

    chat(): Promise<string[]> {
        return this.page.$$eval(byTestId('chat-message'), (messages) =>
            messages.map((message) => `${(message as HTMLElement).dataset['name']}: ${message.textContent}`),
        );
    }

    /** The mean colours of the left and the right half of what the tile's video shows, without its edges; none before the first frame. */
    picture(name: string, source: 'camera' | 'screen' = 'camera'): Promise<{ left: Rgb; right: Rgb; width: number } | undefined> {
        return this.page.evaluate(
            (name, source) => {
                const tiles = [...document.querySelectorAll<HTMLElement>('[data-testid=tile]')];
                const tile = tiles.find(({ dataset }) => dataset['name'] === name && dataset['source'] === source);
                const video = tile?.querySelector('video');
                if (!video || video.readyState < 2 || video.videoWidth === 0) return undefined;
                const canvas = new OffscreenCanvas(64, 36);
                const context = canvas.getContext('2d', { willReadFrequently: true })!;
                context.drawImage(video, 0, 0, 64, 36);
                const mean = (x: number): [number, number, number] => {
                    const { data } = context.getImageData(x, 6, 16, 18);
                    const sum = [0, 0, 0];
                    for (let i = 0; i < data.length; i += 4) for (let c = 0; c < 3; c++) sum[c]! += data[i + c]!;
                    return sum.map((value) => Math.round(value / (data.length / 4))) as [number, number, number];
                };
                return { left: mean(8), right: mean(40), width: video.videoWidth };
            },
            name,
            source,
        );
    }

    /** How many frames the tile's video has shown so far. */
    frames(name: string, source: 'camera' | 'screen' = 'camera'): Promise<number> {
        return this.page.evaluate(
            (name, source) => {
                const tiles = [...document.querySelectorAll<HTMLElement>('[data-testid=tile]')];
                const tile = tiles.find(({ dataset }) => dataset['name'] === name && dataset['source'] === source);
                const video = tile?.querySelector<HTMLVideoElement & { mozPaintedFrames?: number }>('video');
                // Firefox does not count frames of streams in the standard's way.
                return video?.mozPaintedFrames ?? video?.getVideoPlaybackQuality().totalVideoFrames ?? 0;
            },
            name,
            source,
        );
    }

    /** What comes out of the audio element of that person's microphone; undefined while there is none. */
    async hear(name: string, frequencies: readonly number[] = []): Promise<Heard | undefined> {
        return this.page.evaluate(
            async (name, frequencies) => {
                const tiles = [...document.querySelectorAll<HTMLElement>('[data-testid=tile]')];
                const id = tiles.find(({ dataset }) => dataset['name'] === name)?.dataset['participantId'];
                const audio = [...document.querySelectorAll<HTMLAudioElement>('[data-testid=remote-audio]')].find(
                    ({ dataset }) => dataset['participantId'] === id && dataset['source'] === 'microphone',
                );
                if (!audio || audio.paused || !(audio.srcObject instanceof MediaStream)) return undefined;
                const ears = ((globalThis as { parleyEars?: Map<string, AnalyserNode> }).parleyEars ??= new Map());
                const stream = audio.srcObject;
                let ear = ears.get(stream.id);
                if (!ear) {
                    const context = new AudioContext({ sampleRate: 48_000 });
                    await context.resume();
                    ear = context.createAnalyser();
                    ear.fftSize = 8192;
                    ear.smoothingTimeConstant = 0;
                    context.createMediaStreamSource(stream).connect(ear);
                    ears.set(stream.id, ear);
                }
                const levels = new Float32Array(ear.frequencyBinCount);
                ear.getFloatFrequencyData(levels);
                const width = ear.context.sampleRate / ear.fftSize;
                let loudest = 0;
                levels.forEach((level, bin) => {
                    if (level > levels[loudest]!) loudest = bin;
                });
                const around = (hertz: number): number => {
                    const bin = Math.round(hertz / width);
                    return Math.max(...levels.subarray(bin - 2, bin + 3));
                };
                return { peak: loudest * width, level: levels[loudest]!, at: frequencies.map(around) };
            },
            name,
            frequencies as number[],
        );
    }

    /** How much sound of everybody has been decoded so far: grows while there is some, and stays in silence. */
    soundEnergy(): Promise<number> {
        return this.page.evaluate(async () => {
            const { connections } = (globalThis as unknown as { parleyProbe: { connections: RTCPeerConnection[] } }).parleyProbe;
            let energy = 0;
            for (const connection of connections) {
                for (const stats of (await connection.getStats()).values() as Iterable<Record<string, unknown>>) {
                    if (stats['type'] === 'inbound-rtp' && stats['kind'] === 'audio') energy += Number(stats['totalAudioEnergy'] ?? 0);
                }
            }
            return energy;
        });
    }

    /** Milliseconds from pressing Join to the first frame of somebody else. */
    async timeToFirstFrame(within = 15_000): Promise<number> {
        return until(
            () =>
                this.page.evaluate(() => {
                    const { parleyProbe } = globalThis as unknown as { parleyProbe: { pressed: number; firstFrame: number } };
                    return parleyProbe.firstFrame === 0 ? 0 : parleyProbe.firstFrame - parleyProbe.pressed;
                }),
            { within, every: 20, what: `${this.name} sees a first frame` },
        );
    }

    // ---- pictures of the page

    /** Takes a picture of the page as it is on a desktop and on a phone. */
    async screenshot(step: string): Promise<void> {
        await this.painted();
        await this.shoot(`${step}-desktop`);
        await this.page.setViewport({ width: 390, height: 844, deviceScaleFactor: 2, isMobile: false, hasTouch: false });
        await this.painted();
        await this.shoot(`${step}-phone`);
        await this.page.setViewport({ width: 1280, height: 800 });
        await this.painted();
    }

    private async shoot(file: string): Promise<void> {
        await this.page.screenshot({ path: join(SCREENSHOTS, `${file}.png`) as `${string}.png` });
    }

    /** Layout and transitions have come to rest. */
    async painted(): Promise<void> {
        await this.page.evaluate(async () => {
            const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
            await frame();
            await frame();
            const ending = document.getAnimations().filter(({ effect }) => effect?.getTiming().iterations !== Infinity);
            await Promise.allSettled(ending.map(({ finished }) => finished));
            await frame();
        });
    }
}
