// @vitest-environment jsdom
import { cleanup, configure, fireEvent, render, screen } from '../testing/dom';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FakeServer } from '../../sdk/testing/fakeServer';
import { invitationText } from '../lib/invitation';
import { roomCodes } from '../lib/storage';
import { HomePage } from './HomePage';

const ROOM = '08d8c6ad-ae80-4f33-9dc7-82d0b30f3e7a';
// A busy machine is slow, not wrong.
configure({ asyncUtilTimeout: 8_000 });

let server: FakeServer;

vi.mock('../lib/client', () => ({ parleyClient: async () => server.client() }));

beforeEach(() => {
    server = new FakeServer();
    sessionStorage.clear();
});
afterEach(cleanup);

test('a new meeting shows its link and code, and the way in takes the code along in this tab only', async () => {
    const navigate = vi.fn();
    render(<HomePage navigate={navigate} />);
    fireEvent.click(screen.getByTestId('create-room'));
    expect((await screen.findByTestId('room-link')).textContent).toBe(`https://localhost:3000/meeting.html?room=${server.roomId}`);
    expect(screen.getByTestId('room-code').textContent).toBe('123456');
    fireEvent.click(screen.getByTestId('go-to-meeting'));
    expect(navigate).toHaveBeenCalledWith(`/meeting.html?room=${server.roomId}`);
    expect(roomCodes.of(server.roomId)).toBe('123456');
});

test('copies link, code and invitation', async () => {
    const writeText = vi.fn(async (_text: string) => {});
    vi.stubGlobal('navigator', Object.assign(Object.create(navigator), { clipboard: { writeText } }));
    render(<HomePage navigate={() => {}} />);
    fireEvent.click(screen.getByTestId('create-room'));
    const link = (await screen.findByTestId('room-link')).textContent ?? '';
    for (const button of ['copy-room-link', 'copy-room-code', 'copy-invitation']) {
        fireEvent.click(screen.getByTestId(button));
    }
    expect(writeText.mock.calls.flat()).toEqual([link, '123456', invitationText(link, '123456')]);
    expect(await screen.findAllByText('Copied')).toHaveLength(3);
    vi.unstubAllGlobals();
});

test('joins with a pasted link and a code', () => {
    const navigate = vi.fn();
    render(<HomePage navigate={navigate} />);
    fireEvent.change(screen.getByTestId('join-link'), { target: { value: `https://h/meeting.html?room=${ROOM}` } });
    fireEvent.change(screen.getByTestId('join-code'), { target: { value: '421 690' } });
    fireEvent.click(screen.getByTestId('join-with-link'));
    expect(navigate).toHaveBeenCalledWith(`/meeting.html?room=${ROOM}`);
    expect(roomCodes.of(ROOM)).toBe('421690');
});

test('takes a whole pasted invitation apart', () => {
    render(<HomePage navigate={() => {}} />);
    const field = screen.getByTestId<HTMLInputElement>('join-link');
    fireEvent.paste(field, { clipboardData: { getData: () => invitationText(`https://h/meeting.html?room=${ROOM}`, '421690') } });
    expect(field.value).toBe(ROOM);
    expect(screen.getByTestId<HTMLInputElement>('join-code').value).toBe('421690');
});

test('says what is wrong with what was entered, and goes nowhere', () => {
    const navigate = vi.fn();
    render(<HomePage navigate={navigate} />);
    fireEvent.click(screen.getByTestId('join-with-link'));
    expect(screen.getByRole('alert').textContent).toMatch(/not a meeting link/);
    fireEvent.change(screen.getByTestId('join-link'), { target: { value: ROOM } });
    fireEvent.change(screen.getByTestId('join-code'), { target: { value: '42' } });
    fireEvent.click(screen.getByTestId('join-with-link'));
    expect(screen.getByRole('alert').textContent).toBe('The code has 6 digits.');
    expect(navigate).not.toHaveBeenCalled();
});
