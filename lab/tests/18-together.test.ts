import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { temporaryFolder } from '../src/paths.ts';
import { Crowd } from '../src/people.ts';
import type { Person, Room } from '../src/person.ts';
import { type RunningServer, startServer } from '../src/server.ts';
import { until, untilEqual } from '../src/wait.ts';

/** Chat, files, hands and what a host can do, by the hands of people in a browser. One browser for all of them. */
const crowd = new Crowd();
const folder = temporaryFolder('files');
let server: RunningServer;
let ann: Person;
let bob: Person;
let cleo: Person;
let dora: Person;
let room: Room;

before(async () => {
    server = await startServer('together', { 'file-limit': 1 });
    ann = await crowd.person('Ann', { likeness: 'Ann', screen: 'monitor' });
    [bob, cleo, dora] = await Promise.all([crowd.twin('Bob', ann), crowd.twin('Cleo', ann), crowd.twin('Dora', ann)]);
    room = await ann.createRoom(server.url);
    // The button leads the creator in as a host, who needs no code.
    await ann.press('go-to-meeting');
    await ann.see('join-button');
    await ann.fill('name-input', 'Ann');
    await ann.press('join-button');
    await ann.see('room');
    await bob.join(room);
    await cleo.join(room);
    await untilEqual(() => ann.others(), ['Bob', 'Cleo']);
});

after(async () => {
    await crowd.disperse();
    await server?.stop();
});

// ---- what people do and see here

const line = (name: string): string => `[data-testid=participant][data-name=${name}]`;

/** Chooses from the menu of somebody's line in the list. */
async function choose(who: Person, whom: string, item: string): Promise<void> {
    await who.openPanel('participants');
    await who.page.locator(`${line(whom)} [data-testid=person-menu]`).click();
    await who.press(`menu-${item}`);
}

async function chooseInMenu(who: Person, item: string): Promise<void> {
    await who.press('more-button');
    await who.press(`menu-${item}`);
}

const isOn = (who: Person, button: string): Promise<boolean> =>
    who.page.$eval(`[data-testid=${button}]`, (element) => element.getAttribute('aria-pressed') === 'true');

const told = (who: Person, pattern: RegExp): Promise<unknown> =>
    until(async () => (await who.page.$$eval('[data-testid=toast]', (all) => all.map(({ textContent }) => textContent).join('\n'))).match(pattern),
        { what: `${who.name} is told ${pattern}` });

const badge = (who: Person): Promise<string | undefined> =>
    who.page.$$eval('[data-testid=chat-button-badge]', (all) => /\d+/.exec(all[0]?.textContent ?? '')?.[0]);

const reads = (who: Person, text: string): Promise<unknown> =>
    until(async () => (await who.chat()).some((message) => message.includes(text)), { what: `${who.name} reads ${text}` });

/** The names of those in the list with a raised hand, in its order. */
const hands = (who: Person): Promise<string[]> =>
    who.page.$$eval('[data-testid=participant]', (all) => all.filter((one) => one.querySelector('[data-testid=hand]'))
        .map((one) => (one as HTMLElement).dataset['name'] ?? ''));

const gone = (who: Person, testId: string): Promise<unknown> =>
    until(async () => (await who.page.$(`[data-testid=${testId}]`)) === null, { what: `${testId} is gone at ${who.name}` });

async function attach(who: Person, path: string): Promise<void> {
    await who.openPanel('chat');
    const [chooser] = await Promise.all([who.page.waitForFileChooser(), who.press('chat-attach')]);
    await chooser.accept([path]);
}

// ---- chat

test('a file is chosen, uploaded, seen by the others and saved as it was', async () => {
    const bytes = randomBytes(300_000);
    const path = join(folder, 'Größe & Plan.pdf');
    writeFileSync(path, bytes);
    await attach(bob, path);
    await ann.openPanel('chat');
    assert.match(await ann.text('chat-file'), /Größe & Plan\.pdf.*300/);
    const downloads = temporaryFolder('downloads');
    const cdp = await ann.page.createCDPSession();
    await cdp.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: downloads });
    await ann.press('chat-file');
    const saved = join(downloads, 'Größe & Plan.pdf');
    await until(() => existsSync(saved) && readFileSync(saved).equals(bytes), { what: 'the file is saved' });
});

test('a file that is too large is refused in words, and nothing is sent', async () => {
    const path = join(folder, 'film.mp4');
    writeFileSync(path, Buffer.alloc(1_500_000));
    await attach(bob, path);
    assert.match(await bob.text('chat-error'), /film\.mp4 is too large: 1 MB at most/);
    assert.equal((await ann.page.$$('[data-testid=chat-file]')).length, 1);
});

test('addresses become links that open apart and give nothing away; markup and scripts stay text', async () => {
    await bob.say('<b onclick=alert(1)>see</b> https://example.org/a?b=1&c=2, javascript:alert(1)');
    await reads(ann, 'see');
    const links = await ann.page.$$eval('[data-testid=chat-message] a', (all) =>
        all.map((one) => { const a = one as HTMLAnchorElement; return [a.href, a.target, a.rel]; }));
    assert.deepEqual(links, [['https://example.org/a?b=1&c=2', '_blank', 'noopener noreferrer nofollow']]);
    assert.equal((await ann.page.$$('[data-testid=chat-message] b')).length, 0);
});

test('messages that one has not seen are counted, until the chat is opened', async () => {
    await bob.say('one');
    await bob.say('two');
    await until(async () => Number(await badge(cleo)) >= 2, { what: 'Cleo has unread messages' });
    await cleo.openPanel('chat');
    await untilEqual(() => badge(cleo), undefined);
    await bob.say('three');
    await reads(cleo, 'three');
    await cleo.closePanel();
    await bob.say('four');
    await untilEqual(() => badge(cleo), '1');
});

test('a private message reaches one person alone', async () => {
    await choose(bob, 'Ann', 'write');
    await bob.fill('chat-input', 'between us');
    await bob.press('chat-send');
    await reads(ann, 'between us');
    await bob.say('still private?');
    await reads(ann, 'still private?');
    assert.equal(await ann.page.$$eval('[data-testid=chat-message][data-private=true]', (all) => all.length), 2);
    await bob.page.select('[data-testid=chat-recipient]', '');
    await bob.say('for all again');
    await cleo.openPanel('chat');
    await reads(cleo, 'for all again');
    assert.equal((await cleo.chat()).filter((message) => /between us|private/.test(message)).length, 0);
});

// ---- gestures

test('a reaction floats up at everybody', async () => {
    await cleo.press('react-button');
    await cleo.page.locator('[data-testid=reactions] .emoji__one').click();
    await Promise.all([ann, bob, cleo].map((who) => who.page.waitForSelector('[data-testid=reaction]')));
});

test('raised hands are listed in their order, and a host lowers them', async () => {
    for (const who of [cleo, bob]) {
        await who.press('react-button');
        await who.press('hand-button');
        await ann.openPanel('participants');
        await until(async () => (await hands(ann)).includes(who.name));
    }
    assert.deepEqual(await hands(ann), ['Cleo', 'Bob']);
    await choose(ann, 'Cleo', 'lower-hand');
    await untilEqual(() => hands(ann), ['Bob']);
    await ann.press('lower-hands');
    await untilEqual(() => hands(ann), []);
    await bob.page.waitForSelector('[data-testid=react-button]');
});

// ---- what a host can do

test('a host mutes one and all, and asks to unmute', async () => {
    await choose(ann, 'Bob', 'mute');
    await untilEqual(() => isOn(bob, 'mic-button'), false);
    await told(bob, /Ann muted you/);
    assert.equal(await isOn(cleo, 'mic-button'), true);
    await ann.press('mute-all');
    await untilEqual(() => isOn(cleo, 'mic-button'), false);
    assert.equal(await isOn(ann, 'mic-button'), true, 'hosts are left alone');
    await choose(ann, 'Bob', 'ask-unmute');
    await told(bob, /Ann asks you to unmute/);
    assert.equal(await isOn(bob, 'mic-button'), false, 'nobody is unmuted by others');
    await bob.press('toast-action');
    await untilEqual(() => isOn(bob, 'mic-button'), true);
    await until(async () => (await ann.tiles()).some(({ name, muted }) => name === 'Bob' && !muted), { what: 'Ann sees Bob unmuted' });
});

test('a host ends somebody’s share', async () => {
    await bob.press('share-button');
    await untilEqual(() => ann.screens(), ['Bob']);
    await choose(ann, 'Bob', 'stop-share');
    await untilEqual(() => ann.screens(), []);
    await untilEqual(() => isOn(bob, 'share-button'), false);
    await told(bob, /Ann ended your screen share/);
});

test('the role is passed on and taken back, and its powers go with it', async () => {
    await bob.openPanel('participants');
    assert.equal(await bob.page.$('[data-testid=host-controls]'), null);
    await choose(ann, 'Bob', 'make-host');
    await bob.see('host-controls');
    await choose(bob, 'Cleo', 'ask-unmute');
    await told(cleo, /Bob asks you to unmute/);
    await choose(ann, 'Bob', 'make-guest');
    await gone(bob, 'host-controls');
});

/** Asks to be let in. */
async function knock(): Promise<void> {
    await dora.openLobby(room.link);
    await dora.submit(room.code);
}

test('in a room with a lobby one waits, is sent away, or let in', async () => {
    await ann.openPanel('participants');
    await ann.press('lobby-switch');
    await knock();
    await dora.see('waiting-card');
    await ann.press('deny');
    assert.match(await dora.text('join-error'), /host did not let you in/);
    await dora.press('join-button');
    await dora.see('waiting-card');
    await ann.press('admit');
    await dora.see('room');
    await untilEqual(() => bob.others(), ['Ann', 'Cleo', 'Dora']);
    await ann.press('lobby-switch');
    await dora.leave();
});

test('nobody new comes into a locked room', async () => {
    await ann.press('lock-switch');
    await told(bob, /locked/);
    await knock();
    assert.match(await dora.text('join-error'), /locked/);
    await ann.press('lock-switch');
    await dora.press('join-button');
    await dora.see('room');
});

test('who is removed is out at once, and, when that is wished, comes back only through the lobby', async () => {
    await choose(ann, 'Dora', 'remove');
    await ann.press('remove-block');
    await ann.press('confirm-action');
    await dora.see('left-page');
    assert.match(await dora.text('left-page'), /taken out of the meeting/);
    await untilEqual(() => ann.others(), ['Bob', 'Cleo']);
    await knock();
    await dora.see('waiting-card');
    await ann.press('deny');
    assert.match(await dora.text('join-error'), /host did not let you in/);
});

test('a host ends the meeting for all, and its link and code no longer work', async () => {
    await chooseInMenu(ann, 'end');
    await ann.press('confirm-action');
    await Promise.all([ann, bob, cleo].map((who) => who.see('left-page')));
    assert.match(await bob.text('left-page'), /has ended/);
    await knock();
    assert.match(await dora.text('join-error'), /could not be let in/);
});

test('no page threw, and none violated its content security policy', () => {
    assert.deepEqual(crowd.problems(), []);
});
