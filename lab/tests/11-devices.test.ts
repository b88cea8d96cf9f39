import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Notes, takeNotes } from '../src/bystander.ts';
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
    server = await startServer('devices');
    [ann, bob] = await Promise.all([crowd.person('Ann', { likeness: 'Ann' }), crowd.person('Bob', { cameras: 3 })]);
    await takeNotes(bob.page);
    // Bob's devices can be unplugged and plugged in again.
    await bob.page.evaluateOnNewDocument(() => {
        const gone = new Set<string>();
        const devices = navigator.mediaDevices;
        const enumerate = devices.enumerateDevices.bind(devices);
        devices.enumerateDevices = async () => (await enumerate()).filter(({ label }) => !gone.has(label));
        Object.assign(globalThis, {
            parleyPlugs: {
                unplug(label: string) {
                    gone.add(label);
                    const { parleyNotes } = globalThis as unknown as { parleyNotes: Notes };
                    for (const track of parleyNotes.tracks.filter((one) => one.label === label && one.readyState === 'live')) {
                        track.stop();
                        track.dispatchEvent(new Event('ended'));
                    }
                    devices.dispatchEvent(new Event('devicechange'));
                },
                plugIn(label: string) {
                    gone.delete(label);
                    devices.dispatchEvent(new Event('devicechange'));
                },
            },
        });
    });
    room = await ann.createRoom(server.url);
    await Promise.all([ann.join(room), bob.join(room)]);
    await untilEqual(() => ann.others(), ['Bob']);
});

after(async () => {
    await crowd.disperse();
    await server?.stop();
});

/** The device, and its settings, that Bob sends of that kind now; and how often the connection was negotiated. */
function sent(kind: 'audio' | 'video') {
    return bob.page.evaluate((kind) => {
        const { parleyNotes } = globalThis as unknown as { parleyNotes: Notes };
        const senders = parleyNotes.connections.flatMap((connection) => connection.getSenders());
        const track = senders.map(({ track }) => track).find((track) => track?.kind === kind);
        if (!track) return undefined;
        const { deviceId, echoCancellation, noiseSuppression, autoGainControl } = track.getSettings();
        return { label: track.label, deviceId, enabled: track.enabled, live: track.readyState, echoCancellation, noiseSuppression, autoGainControl };
    }, kind);
}

const negotiations = (): Promise<string> =>
    bob.page.evaluate(() => {
        const { parleyNotes } = globalThis as unknown as { parleyNotes: Notes };
        return parleyNotes.connections.map(({ localDescription }) => localDescription?.sdp.match(/^o=.*$/m)?.[0]).join();
    });

/** What Ann receives of Bob: the tracks' ids change when something is received anew. */
const received = (): Promise<string> =>
    ann.page.evaluate(() => {
        const media = [...document.querySelectorAll<HTMLMediaElement>('[data-testid=tile][data-name=Bob] video, [data-testid=remote-audio]')];
        return media.flatMap((one) => (one.srcObject as MediaStream).getTracks().map(({ id }) => id)).join();
    });

async function goesOn(): Promise<void> {
    const before = await ann.frames('Bob');
    await until(async () => (await ann.frames('Bob')) > before + 5, { what: 'Ann sees Bob move' });
}

const options = (testId: string): Promise<{ value: string; text: string }[]> =>
    bob.page.$$eval(`[data-testid=${testId}] option`, (all) => all.map((one) => ({ value: (one as HTMLOptionElement).value, text: one.textContent ?? '' })));

async function openSettings(): Promise<void> {
    await bob.press('more-button');
    await bob.press('menu-settings');
    await bob.see('device-settings');
}

const isOn = (testId: string): Promise<boolean> => bob.page.$eval(`[data-testid=${testId}]`, (one) => one.getAttribute('aria-checked') === 'true');

test('microphone, speaker and camera are chosen during the meeting, and nothing is negotiated or received anew', async () => {
    await goesOn();
    const [before, tracks] = [await negotiations(), await received()];
    await openSettings();
    for (const [testId, kind] of [['camera-select', 'video'], ['microphone-select', 'audio']] as const) {
        await until(async () => (await options(testId)).length >= 3, { what: `${testId} lists three` });
        const used = (await sent(kind))!.deviceId;
        const other = (await options(testId)).findLast(({ value }) => value !== used)!;
        await bob.page.select(`[data-testid=${testId}]`, other.value);
        await until(async () => (await sent(kind))?.deviceId === other.value, { what: `Bob sends ${other.text}` });
    }
    await goesOn();
    assert.equal(await negotiations(), before);
    assert.equal(await received(), tracks);
    await bob.screenshot('24-device-settings');
});

test('the speaker is chosen, and everybody is heard through it', async () => {
    const speakers = await options('speaker-select');
    assert.ok(speakers.length >= 2, JSON.stringify(speakers));
    const other = speakers.at(-1)!;
    await bob.page.select('[data-testid=speaker-select]', other.value);
    await untilEqual(() => bob.page.$$eval('[data-testid=remote-audio]', (all) => all.map((one) => (one as HTMLAudioElement).sinkId)), [other.value]);
    await bob.press('speaker-test');
    await until(() => bob.page.$eval('[data-testid=speaker-test]', (button) => !(button as HTMLButtonElement).disabled), { what: 'the test sound is over' });
});

test('the microphone is tried by hearing oneself', async () => {
    const step = (): Promise<string | undefined> => bob.page.$eval('[data-testid=mic-test]', (one) => (one as HTMLElement).dataset['step']);
    await bob.press('mic-test-button');
    await untilEqual(step, 'recording');
    await untilEqual(step, 'playing');
    await untilEqual(step, 'ready');
});

test('noise suppression, echo cancellation and automatic volume are switched on the microphone in use', async () => {
    for (const [testId, field] of [
        ['noise-suppression', 'noiseSuppression'], ['echo-cancellation', 'echoCancellation'], ['auto-gain', 'autoGainControl'],
    ] as const) {
        const before = await isOn(testId);
        assert.equal((await sent('audio'))?.[field], before);
        await bob.press(testId);
        await until(async () => (await sent('audio'))?.[field] === !before && (await sent('audio'))?.live === 'live', { what: `${field} is ${!before}` });
        await bob.press(testId);
        await until(async () => (await sent('audio'))?.[field] === before, { what: `${field} is ${before} again` });
    }
    await goesOn();
    await bob.press('close-dialog');
});

test('a device that is unplugged is replaced by another, and comes back when it is plugged in again', async () => {
    const tracks = await received();
    for (const [kind, button] of [['video', 'camera-button'], ['audio', 'mic-button']] as const) {
        const { label } = (await sent(kind))!;
        await bob.page.evaluate((label) => (globalThis as unknown as { parleyPlugs: { unplug(label: string): void } }).parleyPlugs.unplug(label), label);
        await bob.reads('toasts', /disconnected\. Now using/);
        const other = await until(async () => {
            const now = await sent(kind);
            return now?.live === 'live' && now.label !== label && now;
        }, { what: 'Bob sends another device' });
        assert.notEqual(other, undefined);
        if (kind === 'video') await bob.screenshot('25-device-unplugged');
        assert.equal(await bob.page.$eval(`[data-testid=${button}]`, (one) => one.getAttribute('aria-pressed')), 'true');
        await bob.page.evaluate((label) => (globalThis as unknown as { parleyPlugs: { plugIn(label: string): void } }).parleyPlugs.plugIn(label), label);
        await until(async () => (await sent(kind))?.label === label, { what: `Bob sends ${label} again` });
        await bob.reads('toasts', /Using .* again/);
    }
    await goesOn();
    assert.equal(await received(), tracks, 'Ann received nothing anew');
});

test('a muted microphone that is replaced stays muted, and is heard when unmuted', async () => {
    await bob.press('mic-button');
    const { label } = (await sent('audio'))!;
    await bob.page.evaluate((label) => (globalThis as unknown as { parleyPlugs: { unplug(label: string): void } }).parleyPlugs.unplug(label), label);
    await until(async () => {
        const now = await sent('audio');
        return now?.live === 'live' && now.label !== label;
    }, { what: 'another microphone is there' });
    assert.equal((await sent('audio'))?.enabled, false);
    assert.ok((await ann.tiles()).some(({ name, muted }) => name === 'Bob' && muted));
    await bob.press('mic-button');
    await until(async () => (await sent('audio'))?.enabled === true);
    await until(async () => (await ann.tiles()).some(({ name, muted }) => name === 'Bob' && !muted));
    // The fake microphone beeps once a second.
    await until(async () => ((await ann.hear('Bob'))?.level ?? -200) > -60, { what: 'Ann hears Bob beep', every: 20 });
});

test('what was chosen is remembered for the next time', async () => {
    const [camera, microphone] = await Promise.all(['cameraId', 'microphoneId'].map((key) => bob.page.evaluate((key) => localStorage.getItem(`parley.${key}`), key)));
    await bob.leave();
    await bob.openLobby(room.link);
    await bob.devicesReady();
    const shown = await bob.page.$$eval('.picker select', (all) => all.map((one) => (one as HTMLSelectElement).value));
    assert.deepEqual(shown, [microphone, camera]);
    await bob.screenshot('26-lobby-devices');
});

test('no page threw, and none violated its content security policy', () => {
    assert.deepEqual(crowd.problems(), []);
});
