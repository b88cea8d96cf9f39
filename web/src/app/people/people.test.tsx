// @vitest-environment jsdom
import { act, fireEvent, screen, waitFor, within } from '../testing/dom';
import { describe, expect, test } from 'vitest';
import type { Meeting } from '../../sdk';
import { fakeTrack } from '../../sdk/testing/fakeServer';
import { press, useStage } from '../testing/meeting';

const stage = useStage();
const { open, enter, join, other } = stage;

async function menuOf(name: string): Promise<void> {
    if (screen.queryByTestId('participants-panel') === null) {
        press('p');
    }
    const row = await waitFor(() => {
        const found = screen.getAllByTestId('participant').find(({ dataset }) => dataset['name'] === name);
        expect(found).toBeTruthy();
        return found as HTMLElement;
    });
    fireEvent.click(within(row).getByTestId('person-menu'));
}

const menuEntries = () => [...screen.getByRole('menu').querySelectorAll<HTMLElement>('[role^=menuitem]')];
const menuItems = () => menuEntries().map((item) => item.dataset['testid']?.replace('menu-', ''));
const pick = (item: string) => fireEvent.click(screen.getByTestId(`menu-${item}`));
const toasts = () => screen.getByTestId('toasts').textContent;
const own = (meeting: Meeting) => meeting.getSnapshot().participants.find(({ name }) => name === 'Johannes');

test('the list has everybody with their states', async () => {
    await join();
    await other('Ann');
    press('p');
    await waitFor(() => expect(screen.getAllByTestId('participant').map((row) => row.textContent)).toEqual([
        expect.stringMatching(/Johannes \(you\), microphone on, camera on/),
        expect.stringMatching(/Ann, muted, camera off/),
    ]));
    expect(screen.getByTestId('participants-panel').textContent).toContain(stage.server.code);
});

describe('somebody who is not a host', () => {
    test('sees nothing of what hosts may do', async () => {
        await join();
        await other('Ann', { host: true });
        await menuOf('Ann');
        expect(menuItems()).toEqual(['write', 'volume']);
        press('Escape', document.activeElement ?? document.body);
        expect(screen.queryByTestId('host-controls')).toBeNull();
        fireEvent.click(screen.getByTestId('more-button'));
        expect(menuItems()).not.toContain('end');
    });

    test('writes privately from the list', async () => {
        await join();
        const ann = await other('Ann');
        await menuOf('Ann');
        pick('write');
        expect((await screen.findByTestId<HTMLSelectElement>('chat-recipient')).value).toBe(ann.self.id);
        expect(document.activeElement).toBe(screen.getByTestId('chat-input'));
    });

    test('is told who muted or removed, and unmutes when asked', async () => {
        await join();
        const ann = await other('Ann', { host: true });
        await waitFor(() => expect(own(ann)?.micMuted).toBe(false));
        await act(() => ann.host.mute(own(ann)?.id ?? ''));
        await waitFor(() => expect(toasts()).toMatch(/Ann muted you/));
        expect(screen.getByTestId('mic-button').getAttribute('aria-pressed')).toBe('false');
        await act(() => ann.host.askToUnmute(own(ann)?.id ?? ''));
        fireEvent.click(await screen.findByTestId('toast-action'));
        await waitFor(() => expect(own(ann)?.micMuted).toBe(false));
        await act(() => ann.host.remove(own(ann)?.id ?? ''));
        expect((await screen.findByTestId('left-page')).dataset['reason']).toBe('removed');
    });
});

describe('a host', () => {
    test('mutes one or asks to unmute, stops a share, lowers a hand', async () => {
        await join({ host: true });
        const ann = await other('Ann');
        await ann.publish('microphone', fakeTrack('audio'));
        await menuOf('Ann');
        await waitFor(() => expect(menuItems()).toContain('mute'));
        pick('mute');
        await waitFor(() => expect(ann.getSnapshot().local.microphone?.paused).toBe(true));
        let asked = '';
        ann.on('askedToUnmute', ({ source }) => {
            asked = source;
        });
        await act(() => ann.raiseHand());
        await menuOf('Ann');
        await waitFor(() => expect(menuItems()).toEqual(expect.arrayContaining(['ask-unmute', 'lower-hand'])));
        pick('ask-unmute');
        await waitFor(() => expect(asked).toBe('microphone'));
        await menuOf('Ann');
        pick('lower-hand');
        await waitFor(() => expect(ann.getSnapshot().hands).toEqual([]));
    });

    test('removes somebody only after a question, and may keep the door shut', async () => {
        await join({ host: true });
        const ann = await other('Ann');
        await menuOf('Ann');
        pick('remove');
        expect(screen.getByTestId('confirm-dialog').textContent).toMatch(/Remove Ann\?/);
        expect(document.activeElement).toBe(screen.getByTestId('confirm-cancel'));
        fireEvent.click(screen.getByTestId('confirm-cancel'));
        expect(ann.getSnapshot().state).toBe('connected');
        await menuOf('Ann');
        pick('remove');
        fireEvent.click(screen.getByTestId('remove-block'));
        fireEvent.click(screen.getByTestId('confirm-action'));
        await waitFor(() => expect(ann.getSnapshot().closeReason).toBe('removed'));
        expect(stage.server.log.findLast(({ name }) => name === 'remove')?.send).toMatchObject({ block: true });
    });

    test('passes the role on and gives it up', async () => {
        await join({ host: true });
        const ann = await other('Ann');
        await menuOf('Ann');
        pick('make-host');
        await waitFor(() => expect(ann.getSnapshot().self.role).toBe('host'));
        await menuOf('Johannes');
        pick('give-up-host');
        await waitFor(() => expect(screen.queryByTestId('host-controls')).toBeNull());
        await waitFor(() => expect(toasts()).toMatch(/no longer a host/));
    });

    test('locks the meeting, mutes all, and ends it for all after a question', async () => {
        await join({ host: true });
        const ann = await other('Ann');
        press('p');
        fireEvent.click(await screen.findByTestId('lock-switch'));
        await waitFor(() => expect(screen.getByTestId('lock-switch').getAttribute('aria-checked')).toBe('true'));
        await waitFor(() => expect(ann.getSnapshot().room.locked).toBe(true));
        fireEvent.click(screen.getByTestId('mute-all'));
        await waitFor(() => expect(stage.server.log.some(({ name }) => name === 'muteAll')).toBe(true));
        fireEvent.click(screen.getByTestId('more-button'));
        pick('end');
        fireEvent.click(screen.getByTestId('confirm-action'));
        expect((await screen.findByTestId('left-page')).dataset['reason']).toBe('ended');
        await waitFor(() => expect(ann.getSnapshot().closeReason).toBe('ended'));
    });

    test('lets people in from the lobby, from the list or from the news, or turns them away', async () => {
        await join({ host: true });
        stage.server.settings.lobby = true;
        const ann = other('Ann');
        fireEvent.click(await screen.findByTestId('toast-action'));
        await expect(ann).resolves.toBeTruthy();
        const bob = other('Bob');
        const turnedAway = expect(bob).rejects.toMatchObject({ code: 'room/denied' });
        press('p');
        fireEvent.click(await screen.findByTestId('deny'));
        await turnedAway;
        const cleo = other('Cleo');
        fireEvent.click(await screen.findByTestId('admit'));
        await expect(cleo).resolves.toBeTruthy();
        await waitFor(() => expect(screen.queryByTestId('waiting-list')).toBeNull());
    });
});

describe('in the lobby of the meeting', () => {
    test('one waits, is let in, or stops waiting', async () => {
        const ann = await other('Ann', { host: true });
        stage.server.settings.lobby = true;
        open();
        enter('Johannes', stage.server.code);
        fireEvent.click(await screen.findByTestId('stop-waiting'));
        await screen.findByTestId('join-button');
        expect(screen.queryByTestId('join-error')).toBeNull();
        fireEvent.click(screen.getByTestId('join-button'));
        await screen.findByTestId('waiting-card');
        await waitFor(() => expect(ann.getSnapshot().waiting).toHaveLength(1));
        await act(() => ann.host.admit());
        expect(await screen.findByTestId('room')).toBeTruthy();
    });

    test('one who is turned away is told so', async () => {
        const ann = await other('Ann', { host: true });
        stage.server.settings.lobby = true;
        open();
        enter('Johannes', stage.server.code);
        await screen.findByTestId('waiting-card');
        await act(() => ann.host.deny());
        expect((await screen.findByTestId('join-error')).textContent).toMatch(/did not let you in/);
    });
});

describe('hands and reactions', () => {
    test('a hand goes up and down by key, and others’ hands stand in order', async () => {
        await join();
        const ann = await other('Ann');
        await act(() => ann.raiseHand());
        await waitFor(() => expect(toasts()).toMatch(/Ann raised a hand/));
        press('h');
        await waitFor(() => expect(ann.getSnapshot().hands).toHaveLength(2));
        expect(screen.getByRole('group', { name: 'Ann, hand raised, number 1, muted' })).toBeTruthy();
        press('p');
        await waitFor(() => expect(screen.getAllByTestId('participant').map((row) => row.dataset['name'])).toEqual(['Ann', 'Johannes']));
        expect(screen.getAllByTestId('hand').map(({ textContent }) => textContent)).toEqual(['1', '2']);
        press('h');
        await waitFor(() => expect(ann.getSnapshot().hands).toEqual([ann.self.id]));
    });

    test('a reaction rises for everybody', async () => {
        await join();
        const ann = await other('Ann');
        press('r');
        fireEvent.click(within(screen.getByTestId('reactions')).getByText('👏'));
        await waitFor(() => expect(ann.getSnapshot().reactions.map(({ emoji }) => emoji)).toEqual(['👏']));
        await act(() => ann.react('🎉'));
        await waitFor(() => expect(screen.getAllByTestId('reaction').map(({ textContent }) => textContent)).toContain('🎉Ann'));
    });
});

describe('menus and dialogs', () => {
    test('arrow keys walk through a menu, Escape closes it and gives the focus back', async () => {
        await join({ host: true });
        const button = screen.getByTestId('more-button');
        fireEvent.click(button);
        const first = document.activeElement as HTMLElement;
        expect(first.getAttribute('role')).toMatch(/^menuitem/);
        press('ArrowDown', first);
        expect(document.activeElement).not.toBe(first);
        press('End', document.activeElement ?? first);
        expect(document.activeElement).toBe(menuEntries().at(-1));
        press('ArrowDown', document.activeElement ?? first);
        expect(document.activeElement).toBe(first);
        press('Escape', first);
        expect(screen.queryByRole('menu')).toBeNull();
        expect(document.activeElement).toBe(button);
    });

    test('the shortcuts are listed, do not act inside of dialogs, and can be switched off', async () => {
        await join();
        press('?');
        const help = await screen.findByTestId('shortcuts-dialog');
        expect(help.textContent).toMatch(/Mute or unmute/);
        press('m', within(help).getByTestId('close-dialog'));
        expect(screen.getByTestId('mic-button').getAttribute('aria-pressed')).toBe('true');
        fireEvent.click(within(help).getByTestId('close-dialog'));
        fireEvent.click(screen.getByTestId('more-button'));
        pick('settings');
        fireEvent.click(await screen.findByTestId('shortcuts-switch'));
        fireEvent.click(screen.getByTestId('close-dialog'));
        press('m');
        expect(screen.getByTestId('mic-button').getAttribute('aria-pressed')).toBe('true');
    });

    test('language and theme change at once and are remembered', async () => {
        await join();
        fireEvent.click(screen.getByTestId('more-button'));
        pick('settings');
        fireEvent.change(await screen.findByTestId('theme-select'), { target: { value: 'dark' } });
        expect(document.documentElement.dataset['theme']).toBe('dark');
        fireEvent.change(screen.getByTestId('language-select'), { target: { value: 'de' } });
        await waitFor(() => expect(screen.getByTestId('leave-button').textContent).toMatch(/Verlassen/));
        expect([localStorage.getItem('parley.language'), localStorage.getItem('parley.theme')]).toEqual(['de', 'dark']);
        fireEvent.change(screen.getByTestId('language-select'), { target: { value: 'en' } });
        await waitFor(() => expect(screen.getByTestId('leave-button').textContent).toMatch(/Leave/));
    });
});
