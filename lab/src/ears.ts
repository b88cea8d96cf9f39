import type { Page } from 'puppeteer-core';
import type { Heard, Person } from './person.ts';

/** What the page in the background does: captures the meeting's tab, and tells what is in its sound. */
interface EarPage {
    parleyEar: AnalyserNode;
}

/**
 * Hears what really comes out of somebody's tab, after the browser's volume, muting and blocking, from another tab that captures
 * it. The browser must have been opened with `listens`. Nothing is done inside the meeting's page.
 */
export class Ears {
    private constructor(private readonly page: Page) {}

    static async of(person: Person, url: string): Promise<Ears> {
        const page = await person.page.browserContext().newPage();
        // A page of the server's origin in which nothing lives: the one that says that there is none.
        await page.goto(`${url}/ears.html`);
        await page.evaluate('globalThis.__name = (named) => named;');
        await page.evaluate(async () => {
            const raw = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
            const stream = await navigator.mediaDevices.getDisplayMedia({ video: true, audio: raw });
            const context = new AudioContext({ sampleRate: 48_000 });
            await context.resume();
            const ear = context.createAnalyser();
            ear.fftSize = 8192;
            ear.smoothingTimeConstant = 0;
            context.createMediaStreamSource(new MediaStream(stream.getAudioTracks())).connect(ear);
            Object.assign(globalThis, { parleyEar: ear, parleyCapture: stream });
        });
        return new Ears(page);
    }

    /** The loudest frequency now, and how loud those asked for are. Silence is −200 dBFS. */
    hear(frequencies: readonly number[] = []): Promise<Heard> {
        return this.page.evaluate((frequencies) => {
            const { parleyEar: ear } = globalThis as unknown as EarPage;
            const levels = new Float32Array(ear.frequencyBinCount);
            ear.getFloatFrequencyData(levels);
            const finite = levels.map((level) => Math.max(-200, level));
            const width = ear.context.sampleRate / ear.fftSize;
            const loudest = finite.indexOf(Math.max(...finite));
            const around = (hertz: number): number => {
                const bin = Math.round(hertz / width);
                return Math.max(...finite.subarray(bin - 2, bin + 3));
            };
            return { peak: loudest * width, level: finite[loudest]!, at: frequencies.map(around) };
        }, frequencies as number[]);
    }

    /** How loud one tone is, dBFS. */
    async level(hertz: number): Promise<number> {
        return (await this.hear([hertz])).at[0]!;
    }
}
