import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { glimpse, joinUntouched, type Notes, takeNotes } from '../src/bystander.ts';
import { Ears } from '../src/ears.ts';
import { likenessFiles } from '../src/media.ts';
import { SCREENSHOTS } from '../src/paths.ts';
import { Crowd, LIKENESSES } from '../src/people.ts';
import type { Person, Room } from '../src/person.ts';
import { type RunningServer, startServer } from '../src/server.ts';
import { until, untilEqual } from '../src/wait.ts';

const crowd = new Crowd();
let server: RunningServer;
let ann: Person;
let bob: Person;
let zoe: Person;
let ears: Ears;
let room: Room;

const ANN = LIKENESSES.Ann.tone;
const BOB = LIKENESSES.Bob.tone;
/** Certainly heard, and certainly not; dBFS. */
const HEARD = -50;
const SILENT = -85;

before(async () => {
    server = await startServer('sound');
    [ann, bob, zoe] = await Promise.all([
        crowd.person('Ann', { likeness: 'Ann' }),
        crowd.person('Bob', { likeness: 'Bob' }),
        crowd.person('Zoe', { listens: true }),
    ]);
    await takeNotes(bob.page);
    room = await ann.createRoom(server.url);
    await Promise.all([ann.join(room), bob.join(room)]);
});

after(async () => {
    await crowd.disperse();
    await server?.stop();
});

/** Looks in a row, a quarter of a second apart, that must be alike: a decoder that has just started wavers longer than one. */
const ALIKE = 6;

/** Waits until the tone is as loud as it is going to be, and says how loud. */
async function steady(hertz: number): Promise<number> {
    let looks: number[] = [];
    return until(async () => {
        looks = [...looks, await ears.level(hertz)].slice(-ALIKE);
        const same = looks.length === ALIKE && Math.max(...looks) - Math.min(...looks) < 0.6;
        return same ? looks.at(-1) : undefined;
    }, { every: 250, what: `the tone of ${hertz} Hz is steady` });
}

async function hears(hertz: number, wanted = true): Promise<void> {
    await until(async () => (wanted ? (await ears.level(hertz)) > HEARD : (await ears.level(hertz)) < SILENT),
        { what: `${hertz} Hz ${wanted ? 'is' : 'is not'} heard` });
}

/** Opens how loud somebody is, from the list of people. */
async function volumeOf(name: string): Promise<void> {
    const { page } = zoe;
    await zoe.openPanel('participants');
    if ((await page.$('[data-testid=volume-popover]')) === null) {
        await (await page.waitForSelector(`[data-testid=participant][data-name=${name}] [data-testid=person-menu]`))!.click();
        await zoe.press('menu-volume');
    }
    await (await zoe.see('volume-slider')).focus();
}

/** With the keys of a slider; percent, a multiple of 5. */
async function setVolume(name: string, percent: number): Promise<void> {
    const { keyboard } = zoe.page;
    await volumeOf(name);
    await keyboard.press(percent > 100 ? 'End' : 'Home');
    for (let at = percent > 100 ? 200 : 0; at !== percent; at += percent > at ? 5 : -5) await keyboard.press(percent > at ? 'ArrowRight' : 'ArrowLeft');
}

const quietly = <T>(expression: string): Promise<T> => glimpse<T>(zoe.page, expression);
const isThere = (testId: string): Promise<boolean> => quietly(`document.querySelector('[data-testid=${testId}]') !== null`);

test('where the browser blocks sound, one button says so, and nothing is heard', async () => {
    await takeNotes(zoe.page);
    await joinUntouched(zoe.page, 'Zoe', room);
    await until(() => isThere('tap-to-hear'), { what: 'the button is there' });
    assert.equal(await quietly('navigator.userActivation.hasBeenActive'), false);
    assert.equal(await quietly(`document.querySelectorAll('[data-testid=tap-to-hear]').length`), 1);
    await until(() => quietly(`document.querySelectorAll('[data-testid=remote-audio]').length === 2`));
    ears = await Ears.of(zoe, server.url);
    for (const tone of [ANN, BOB]) assert.ok((await ears.level(tone)) < SILENT);
    await zoe.page.screenshot({ path: join(SCREENSHOTS, '20-tap-to-hear-desktop.png') as `${string}.png` });
});

test('one tap lets everybody be heard, and captures nothing', async () => {
    const [x, y] = await quietly<[number, number]>(`(() => {
        const { x, y, width, height } = document.querySelector('[data-testid=tap-to-hear]').getBoundingClientRect();
        return [x + width / 2, y + height / 2];
    })()`);
    await zoe.page.mouse.click(x, y);
    await hears(ANN);
    await hears(BOB);
    await until(async () => !(await isThere('tap-to-hear')), { what: 'the button is gone' });
    assert.equal(await quietly('parleyNotes.captures'), 0);
    assert.equal(await quietly(`document.querySelector('[data-testid=mic-button]').getAttribute('aria-pressed')`), 'false');
    const sources = await ann.page.$$eval('[data-testid=remote-audio]', (all) => all.length);
    assert.equal(sources, 1, 'only Bob sends sound to Ann');
});

test('somebody who comes later is heard without another tap', async () => {
    const { page } = bob;
    await bob.leave();
    await hears(BOB, false);
    await bob.join(room);
    await hears(BOB);
    assert.equal(page.isClosed(), false);
    assert.equal(await isThere('tap-to-hear'), false);
});

test('each person is as loud as one wants, from silence to twice as loud, and the others stay as they are', async () => {
    const [annBefore, bobBefore] = [await steady(ANN), await steady(BOB)];
    const figures: Record<string, number> = {};
    for (const [percent, decibels] of [[50, -6], [200, 6], [150, 3.5], [100, 0]] as const) {
        await setVolume('Ann', percent);
        await until(async () => Math.abs((await ears.level(ANN)) - annBefore - decibels) < 1,
            { what: `Ann is ${decibels} dB from before at ${percent} %`, every: 200 });
        figures[`${percent} %`] = Number(((await steady(ANN)) - annBefore).toFixed(2));
        await until(async () => Math.abs((await ears.level(BOB)) - bobBefore) < 1, { what: 'Bob is as loud as before', every: 200 });
        if (percent === 200) await zoe.screenshot('21-volume');
        if (percent === 200) await volumeOf('Ann');
    }
    console.log('measured at the output, dB from 100 %:', figures);
    await setVolume('Ann', 0);
    await hears(ANN, false);
    await setVolume('Ann', 100);
    await hears(ANN);
});

test('somebody is silenced for oneself alone', async () => {
    await volumeOf('Ann');
    await zoe.press('local-mute');
    await hears(ANN, false);
    await hears(BOB);
    await until(async () => ((await bob.hear('Ann'))?.level ?? -200) > HEARD, { what: 'Bob hears Ann as before' });
    await zoe.press('local-mute');
    await hears(ANN);
});

test('how loud somebody is, is remembered when they come again', async () => {
    const before = await steady(ANN);
    await setVolume('Ann', 50);
    await until(async () => Math.abs((await ears.level(ANN)) - before + 6) < 1);
    await ann.leave();
    await hears(ANN, false);
    await ann.join(room);
    await hears(ANN);
    await until(async () => Math.abs((await ears.level(ANN)) - before + 6) < 1, { what: 'Ann is 6 dB quieter again', every: 200 });
    await setVolume('Ann', 100);
    await until(async () => Math.abs((await ears.level(ANN)) - before) < 1);
});

test('sound that stopped is started again by itself', async () => {
    const elements = `[...document.querySelectorAll('[data-testid=remote-audio]')]`;
    await quietly(`${elements}.forEach((audio) => audio.pause())`);
    await hears(ANN);
    await hears(BOB);
    // As when an element lost its stream.
    await quietly(`${elements}.forEach((audio) => { audio.srcObject = null; })`);
    await hears(ANN, false);
    await hears(ANN);
    await hears(BOB);
    assert.equal(await isThere('sound-trouble'), false);
});

test('a louder voice goes on when the sound graph is suspended', async () => {
    const before = await steady(ANN);
    await setVolume('Ann', 200);
    await until(async () => (await ears.level(ANN)) > before + 5, { every: 200 });
    await quietly('Promise.all(parleyNotes.contexts.map((context) => context.suspend()))');
    await until(async () => (await ears.level(ANN)) > before + 5, { every: 200, what: 'the graph runs again' });
    await setVolume('Ann', 100);
    await until(async () => Math.abs((await ears.level(ANN)) - before) < 1, { every: 200 });
});

/** How many packets of sound somebody has sent so far. */
async function sentBy(person: Person): Promise<number> {
    return person.page.evaluate(async () => {
        const { parleyNotes } = globalThis as unknown as { parleyNotes: Notes };
        let packets = 0;
        for (const connection of parleyNotes.connections.filter(({ connectionState }) => connectionState === 'connected')) {
            (await connection.getStats()).forEach((stat: Record<string, unknown>) => {
                if (stat['type'] === 'outbound-rtp' && stat['kind'] === 'audio') packets += Number(stat['packetsSent']);
            });
        }
        return packets;
    });
}

test('who speaks while muted sends nothing, and is told', async () => {
    await bob.press('mic-button');
    await hears(BOB, false);
    const before = await sentBy(bob);
    await bob.see('muted-hint');
    await bob.reads('muted-hint', /muted.*space bar/is);
    await bob.screenshot('22-speaking-while-muted');
    assert.ok(before > 0);
    assert.equal(await sentBy(bob), before);
    await hears(BOB, false);
});

test('the space bar opens the microphone while it is held, but not while one types', async () => {
    const { keyboard } = bob.page;
    await bob.page.mouse.click(640, 300);
    await keyboard.down('Space');
    await hears(BOB);
    await keyboard.up('Space');
    await hears(BOB, false);
    const before = await sentBy(bob);
    await bob.openPanel('chat');
    await bob.fill('chat-input', 'some words with spaces');
    await keyboard.down('Space');
    await untilEqual(() => bob.page.$eval('[data-testid=chat-input]', (input) => (input as HTMLTextAreaElement).value), 'some words with spaces ');
    await keyboard.up('Space');
    assert.equal(await sentBy(bob), before);
    await bob.closePanel();
    await bob.press('mic-button');
    await hears(BOB);
});

test('a microphone that the system has muted is told, with what to do, until it is heard again', async () => {
    await bob.page.evaluate(() => {
        const { parleyNotes } = globalThis as unknown as { parleyNotes: Notes };
        for (const track of parleyNotes.tracks.filter(({ kind }) => kind === 'audio')) Object.defineProperty(track, 'muted', { value: true, configurable: true });
    });
    await bob.reads('sound-trouble', /muted by the system/);
    await bob.screenshot('23-microphone-trouble');
    await bob.page.evaluate(() => {
        const { parleyNotes } = globalThis as unknown as { parleyNotes: Notes };
        for (const track of parleyNotes.tracks) delete (track as { muted?: boolean }).muted;
    });
    await until(async () => (await bob.page.$('[data-testid=sound-trouble]')) === null, { what: 'the trouble is over' });
});

test('somebody whose packets arrive without any sound is received anew, and then one is told what to do', async () => {
    // Nothing for the moment between two receptions.
    const stream = (): Promise<string | undefined> => quietly(`document.querySelector('[data-testid=remote-audio][data-participant-id="' +
        document.querySelector('[data-testid=tile][data-name=Ann]').dataset.participantId + '"]')?.srcObject?.getTracks()[0].id`);
    const before = await stream();
    // The browser's figures are all that one can know of its decoder.
    await quietly(`(() => {
        const { getStats } = RTCPeerConnection.prototype;
        globalThis.parleyUnbreak = () => { RTCPeerConnection.prototype.getStats = getStats; };
        RTCPeerConnection.prototype.getStats = async function () {
            const report = new Map();
            (await getStats.call(this)).forEach((stat, id) => report.set(id, 'totalAudioEnergy' in stat ? { ...stat, totalAudioEnergy: 0 } : stat));
            return report;
        };
    })()`);
    await until(async () => ![undefined, before].includes(await stream()), { what: 'Ann is received anew' });
    await until(() => quietly<boolean>(`(document.querySelector('[data-trouble$=undecoded]')?.textContent ?? '').includes('Reload')`),
        { what: 'it is told', within: 25_000 });
    await hears(ANN);
    await quietly('parleyUnbreak()');
    await until(async () => !(await isThere('sound-trouble')), { what: 'the trouble is over' });
    await hears(ANN);
});

test('a microphone that gives no sound at all is told, with a way to the settings', async () => {
    const files = likenessFiles('Hush', { ...LIKENESSES.Dora, tone: 0 });
    const hush = await crowd.person('Hush', { files });
    await hush.join(room);
    await until(async () => /gives no sound at all/.test(await hush.text('sound-trouble')), { what: 'it is told', within: 25_000 });
    await hush.screenshot('28-silent-microphone');
    await (await hush.page.waitForSelector('.trouble__action'))!.click();
    await hush.see('microphone-select');
    await hush.page.browser().close();
});

test('no page threw, and none violated its content security policy', () => {
    assert.deepEqual(crowd.problems(), []);
});
