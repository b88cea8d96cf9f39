import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'puppeteer-core';
import { joinUntouched, takeNotes } from '../src/bystander.ts';
import { openFirefox } from '../src/firefox.ts';
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
let firefox: Browser;
let ann: Person;
let bob: Person;
let page: Page;
let room: Room;
let last: Glimpse | undefined;

before(async () => {
    server = await startServer('firefox-sound');
    [ann, bob, firefox] = await Promise.all([
        crowd.person('Ann', { likeness: 'Ann' }),
        crowd.person('Bob', { likeness: 'Bob' }),
        openFirefox(),
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
    await server?.stop();
});

/**
 * How strong each frequency is in what an element plays, dB of full scale, and whether time passes in it. Recorded and looked at
 * afterwards: without a loudspeaker in the machine, Firefox lets no sound graph run.
 */
function heard(name: string, frequencies: readonly number[]): Promise<{ levels: number[]; seconds: number } | undefined> {
    return page.evaluate(
        async (name, frequencies) => {
            const tile = [...document.querySelectorAll<HTMLElement>('[data-testid=tile]')].find(({ dataset }) => dataset['name'] === name);
            const audio = [...document.querySelectorAll<HTMLAudioElement>('[data-testid=remote-audio]')]
                .find(({ dataset }) => dataset['participantId'] === tile?.dataset['participantId']);
            if (!audio || audio.paused) return undefined;
            const before = audio.currentTime;
            const recorder = new MediaRecorder(audio.srcObject as MediaStream);
            const parts: Blob[] = [];
            recorder.ondataavailable = ({ data }) => parts.push(data);
            const stopped = new Promise((resolve) => (recorder.onstop = resolve));
            recorder.start();
            setTimeout(() => recorder.stop(), 1_500);
            await stopped;
            const sound = await new OfflineAudioContext(1, 48_000, 48_000).decodeAudioData(await new Blob(parts).arrayBuffer());
            const samples = sound.getChannelData(0).subarray(-24_000);
            const levels = frequencies.map((hertz) => {
                let [re, im] = [0, 0];
                samples.forEach((sample, i) => {
                    const angle = (2 * Math.PI * hertz * i) / sound.sampleRate;
                    re += sample * Math.cos(angle);
                    im += sample * Math.sin(angle);
                });
                return 20 * Math.log10((2 * Math.hypot(re, im)) / samples.length + 1e-10);
            });
            return { levels, seconds: audio.currentTime - before };
        },
        name,
        frequencies as number[],
    );
}

/** Somebody's own tone sounds, another's does not, and time passes in the element. */
async function hearsRightTone(name: 'Ann' | 'Bob'): Promise<void> {
    const [own, other] = name === 'Ann' ? [LIKENESSES.Ann, LIKENESSES.Bob] : [LIKENESSES.Bob, LIKENESSES.Ann];
    await until(async () => {
        const found = await heard(name, [own.tone, other.tone]);
        return found !== undefined && found.levels[0]! > -30 && found.levels[1]! < found.levels[0]! - 20 && found.seconds > 0.5;
    }, { what: `${name}'s ${own.tone} Hz is heard, and nobody else's tone`, within: 30_000 });
}

test('where Firefox blocks sound, one button says so, and nothing plays', async () => {
    await joinUntouched(page, 'Zoe', room);
    await until(() => last?.playing.length === 2 && last.tap, { within: 40_000, what: 'two sounds and the button are there' });
    assert.deepEqual(last?.playing, [false, false]);
    assert.equal(last?.touched, false);
    await page.screenshot({ path: join(SCREENSHOTS, '27-firefox-tap-to-hear-desktop.png') as `${string}.png` });
});

test('one tap lets everybody be heard in Firefox, and captures nothing', async () => {
    await page.mouse.click(...(last!.tap as [number, number]));
    await until(() => last?.tap === undefined && last?.playing.every(Boolean), { what: 'everything plays and the button is gone' });
    assert.equal(last?.captures, 0);
    await hearsRightTone('Ann');
    await hearsRightTone('Bob');
});

test('somebody who comes later is heard in Firefox without another tap', async () => {
    await bob.leave();
    await until(() => last?.playing.length === 1, { what: 'Bob is gone' });
    await bob.join(room);
    await until(() => last?.playing.length === 2 && last.playing.every(Boolean) && last.tap === undefined, { what: 'Bob plays' });
    await hearsRightTone('Bob');
});
