// @vitest-environment jsdom
import { act, cleanup, configure, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Meeting } from '../../sdk';
import { fakeTrack, FakeServer } from '../../sdk/testing/fakeServer';
import { devices, playing, stubBrowser } from '../testing/browser';
import { MeetingApp } from './MeetingApp';

// A busy machine is slow, not wrong.
configure({ asyncUtilTimeout: 8_000 });

let server: FakeServer;

beforeEach(() => {
    localStorage.clear();
    sessionStorage.clear();
    server = new FakeServer();
    stubBrowser();
    devices();
});

afterEach(() => {
    cleanup();
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
});

function open(): void {
    render(<MeetingApp roomId={server.roomId} join={(entry) => server.client().join({ roomId: server.roomId, ...entry })} />);
}

function enter(name: string, code: string): void {
    fireEvent.change(screen.getByTestId('name-input'), { target: { value: name } });
    fireEvent.change(screen.getByTestId('code-input'), { target: { value: code } });
    fireEvent.click(screen.getByTestId('join-button'));
}

async function join(): Promise<void> {
    open();
    enter('Johannes', server.code);
    await screen.findByTestId('room');
}

/** Somebody else in the same room, through the SDK alone. */
async function other(name: string): Promise<Meeting> {
    return server.client().join({ roomId: server.roomId, code: server.code, name });
}

const tileOf = (name: string) => screen.findByRole('group', { name: new RegExp(`^${name}`) });
const press = (key: string, target: Element = document.body) => fireEvent.keyDown(target, { key });
const sentSources = () => server.requests('produce').map(({ source }) => source).sort();

describe('before joining', () => {
    test('asks for name and code, and puts the focus where something is missing', () => {
        open();
        fireEvent.click(screen.getByTestId('join-button'));
        expect(screen.getByText(/Enter the name/)).toBeTruthy();
        expect(screen.getByText(/Enter the six digits/)).toBeTruthy();
        expect(document.activeElement).toBe(screen.getByTestId('name-input'));
        expect(server.log).toEqual([]);
    });

    test('tells a refusal in words and lets one try again', async () => {
        open();
        enter('Johannes', '000000');
        expect((await screen.findByTestId('join-error')).textContent).toMatch(/Check the link and the six-digit code/);
        enter('Johannes', server.code);
        expect(await screen.findByTestId('room')).toBeTruthy();
    });

    test.each([
        ['NotAllowedError', 'denied', 'Your camera is blocked'],
        ['NotFoundError', 'missing', 'No camera was found'],
        ['NotReadableError', 'busy', 'Your camera is in use elsewhere'],
    ])('explains %s, and joining works all the same', async (failure, kind, title) => {
        devices({ camera: failure });
        open();
        const problem = await screen.findByTestId('device-error');
        expect(within(problem).getByText(title)).toBeTruthy();
        expect(problem.querySelector('[data-kind]')?.getAttribute('data-kind')).toBe(kind);
        enter('Johannes', server.code);
        await screen.findByTestId('room');
        await waitFor(() => expect(sentSources()).toEqual(['microphone']));
    });

    test('sends nothing of what was switched off', async () => {
        open();
        await waitFor(() => expect(screen.getByTestId('camera-button').getAttribute('aria-busy')).toBe('false'));
        fireEvent.click(screen.getByTestId('camera-button'));
        fireEvent.click(screen.getByTestId('mic-button'));
        enter('Johannes', server.code);
        await screen.findByTestId('alone');
        const ann = await other('Ann');
        expect(ann.getSnapshot().participants[0]?.tracks).toEqual([]);
        fireEvent.click(screen.getByTestId('mic-button'));
        await waitFor(() => expect(sentSources()).toEqual(['microphone']));
    });
});

describe('in the meeting', () => {
    test('sends camera and microphone, and shows people as they come and go', async () => {
        await join();
        await waitFor(() => expect(sentSources()).toEqual(['camera', 'microphone']));
        const ann = await other('Ann');
        expect((await tileOf('Ann')).dataset).toMatchObject({ source: 'camera', muted: 'true', self: 'false' });
        expect(screen.getByTestId('toasts').textContent).toMatch(/Ann joined/);
        await act(() => ann.leave());
        await waitFor(() => expect(screen.getAllByTestId('tile')).toHaveLength(1));
        expect(screen.getByTestId('toasts').textContent).toMatch(/Ann left/);
    });

    test('mutes by button and by key, and says so to the others', async () => {
        await join();
        const ann = await other('Ann');
        await waitFor(() => expect(ann.getSnapshot().participants[0]?.micMuted).toBe(false));
        const button = screen.getByTestId('mic-button');
        fireEvent.click(button);
        expect(button.getAttribute('aria-pressed')).toBe('false');
        await waitFor(() => expect(ann.getSnapshot().participants[0]?.micMuted).toBe(true));
        press('m');
        expect(button.getAttribute('aria-pressed')).toBe('true');
        await waitFor(() => expect(ann.getSnapshot().participants[0]?.micMuted).toBe(false));
    });

    test('a camera that is turned off is closed, and opened anew later', async () => {
        await join();
        const ann = await other('Ann');
        await waitFor(() => expect(ann.getSnapshot().participants[0]?.cameraOff).toBe(false));
        press('v');
        await waitFor(() => expect(ann.getSnapshot().participants[0]?.cameraOff).toBe(true));
        expect((await tileOf('Johannes')).querySelector('video')).toBeNull();
        press('V');
        await waitFor(() => expect(ann.getSnapshot().participants[0]?.cameraOff).toBe(false));
    });

    test('keys do nothing while one types', async () => {
        await join();
        press('c');
        press('m', screen.getByTestId('chat-input'));
        expect(screen.getByTestId('mic-button').getAttribute('aria-pressed')).toBe('true');
        expect(screen.getByTestId('chat-panel')).toBeTruthy();
    });

    test('plays each remote sound in an element of its own, and asks for a tap where the browser wants one', async () => {
        playing('NotAllowedError');
        await join();
        const ann = await other('Ann');
        await ann.publish('microphone', fakeTrack('audio'));
        const button = await screen.findByTestId('tap-to-hear');
        expect(screen.getAllByTestId('remote-audio').map((audio) => audio.dataset['source'])).toEqual(['microphone']);
        playing();
        fireEvent.click(button);
        await waitFor(() => expect(screen.queryByTestId('tap-to-hear')).toBeNull());
    });

    test('says when the connection is lost and when it is back', async () => {
        await join();
        act(() => {
            server.unreachable = true;
            server.sockets.at(-1)?.drop();
        });
        expect(await screen.findByTestId('reconnecting')).toBeTruthy();
        act(() => {
            server.unreachable = false;
            server.sockets.at(-1)?.connect();
        });
        await waitFor(() => expect(screen.queryByTestId('reconnecting')).toBeNull());
        expect(screen.getByTestId('room')).toBeTruthy();
    });

    test('leaving closes the devices and leads back in on request', async () => {
        await join();
        fireEvent.click(screen.getByTestId('leave-button'));
        expect((await screen.findByTestId('left-page')).dataset['reason']).toBe('left');
        await waitFor(() => expect(server.seats.size).toBe(0));
        fireEvent.click(screen.getByTestId('rejoin-button'));
        expect(screen.getByTestId<HTMLInputElement>('name-input').value).toBe('Johannes');
        fireEvent.click(screen.getByTestId('join-button'));
        await screen.findByTestId('room');
        expect(server.seats.size).toBe(1);
    });
});

describe('chat and people', () => {
    test('shows text as text, counts what is unread, and marks one’s own', async () => {
        await join();
        const ann = await other('Ann');
        await act(async () => void await ann.sendChat('<img src=x onerror=alert(1)>'));
        await waitFor(() => expect(screen.getByTestId('chat-button-badge').textContent).toBe('1'));
        fireEvent.click(screen.getByTestId('chat-button'));
        expect(screen.queryByTestId('chat-button-badge')).toBeNull();
        const field = screen.getByTestId('chat-input');
        expect(document.activeElement).toBe(field);
        fireEvent.change(field, { target: { value: 'one\ntwo' } });
        fireEvent.keyDown(field, { key: 'Enter', shiftKey: true });
        expect(screen.getAllByTestId('chat-message')).toHaveLength(1);
        fireEvent.keyDown(field, { key: 'Enter' });
        await waitFor(() => expect(screen.getAllByTestId('chat-message').map((message) => [message.textContent, message.dataset['own']]))
            .toEqual([['<img src=x onerror=alert(1)>', 'false'], ['one\ntwo', 'true']]));
        expect(document.querySelector('img')).toBeNull();
    });

    test('Escape closes the panel and gives the focus back to its button; a draft is kept', async () => {
        await join();
        press('c');
        fireEvent.change(screen.getByTestId('chat-input'), { target: { value: 'half a thou' } });
        press('Escape', screen.getByTestId('chat-input'));
        expect(screen.queryByTestId('chat-panel')).toBeNull();
        expect(document.activeElement).toBe(screen.getByTestId('chat-button'));
        press('c');
        expect(screen.getByTestId<HTMLTextAreaElement>('chat-input').value).toBe('half a thou');
    });

    test('a message that cannot be sent comes back into the field', async () => {
        await join();
        press('c');
        vi.spyOn(server, 'answer').mockReturnValue({ ok: false, code: 'request/too-many', message: 'Too fast.' });
        fireEvent.change(screen.getByTestId('chat-input'), { target: { value: 'hello' } });
        fireEvent.click(screen.getByTestId('chat-send'));
        expect((await screen.findByTestId('chat-error')).textContent).toMatch(/Wait a moment/);
        expect(screen.getByTestId<HTMLTextAreaElement>('chat-input').value).toBe('hello');
    });

    test('lists everybody with their states', async () => {
        await join();
        await other('Ann');
        press('p');
        await waitFor(() => expect(screen.getAllByTestId('participant').map((row) => row.textContent)).toEqual([
            expect.stringMatching(/Johannes \(you\), microphone on, camera on/),
            expect.stringMatching(/Ann, muted, camera off/),
        ]));
        expect(screen.getByTestId('participants-panel').textContent).toContain(server.code);
    });
});
