// @vitest-environment jsdom
import { act, fireEvent, screen, waitFor, within } from '../testing/dom';
import { describe, expect, test } from 'vitest';
import { fakeTrack } from '../../sdk/testing/fakeServer';
import { devices, playing } from '../testing/browser';
import { press, useStage } from '../testing/meeting';

const stage = useStage();
const { open, enter, join, other } = stage;
const tileOf = (name: string) => screen.findByRole('group', { name: new RegExp(`^${name}`) });
const sentSources = () => stage.server.requests('produce').map(({ source }) => source).sort();

describe('before joining', () => {
    test('asks for name and code, and puts the focus where something is missing', () => {
        open();
        fireEvent.click(screen.getByTestId('join-button'));
        expect(screen.getByText(/Enter the name/)).toBeTruthy();
        expect(screen.getByText(/Enter the six digits/)).toBeTruthy();
        expect(document.activeElement).toBe(screen.getByTestId('name-input'));
        expect(stage.server.log).toEqual([]);
    });

    test('tells a refusal in words and lets one try again', async () => {
        open();
        enter('Johannes', '000000');
        expect((await screen.findByTestId('join-error')).textContent).toMatch(/Check the link and the six-digit code/);
        enter('Johannes', stage.server.code);
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
        enter('Johannes', stage.server.code);
        await screen.findByTestId('room');
        await waitFor(() => expect(sentSources()).toEqual(['microphone']));
    });

    test('sends nothing of what was switched off', async () => {
        open();
        await waitFor(() => expect(screen.getByTestId('camera-button').getAttribute('aria-busy')).toBe('false'));
        fireEvent.click(screen.getByTestId('camera-button'));
        fireEvent.click(screen.getByTestId('mic-button'));
        enter('Johannes', stage.server.code);
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
        press('m', await screen.findByTestId('chat-input'));
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
            stage.server.unreachable = true;
            stage.server.sockets.at(-1)?.drop();
        });
        expect(await screen.findByTestId('reconnecting')).toBeTruthy();
        act(() => {
            stage.server.unreachable = false;
            stage.server.sockets.at(-1)?.connect();
        });
        await waitFor(() => expect(screen.queryByTestId('reconnecting')).toBeNull());
        expect(screen.getByTestId('room')).toBeTruthy();
    });

    test('leaving closes the devices and leads back in on request', async () => {
        await join();
        fireEvent.click(screen.getByTestId('leave-button'));
        expect((await screen.findByTestId('left-page')).dataset['reason']).toBe('left');
        await waitFor(() => expect(stage.server.seats.size).toBe(0));
        fireEvent.click(screen.getByTestId('rejoin-button'));
        expect(screen.getByTestId<HTMLInputElement>('name-input').value).toBe('Johannes');
        fireEvent.click(screen.getByTestId('join-button'));
        await screen.findByTestId('room');
        expect(stage.server.seats.size).toBe(1);
    });
});
