// @vitest-environment jsdom
import { act, cleanup, render, screen } from '../testing/dom';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { MeetingSnapshot, TransportHealth } from '../../sdk';
import { ConnectionBanner } from './ConnectionBanner';

const snapshot = (media: TransportHealth, state: MeetingSnapshot['state'] = 'connected') => ({ state, connection: { media } }) as MeetingSnapshot;
const show = (given: MeetingSnapshot): void => render(<ConnectionBanner snapshot={given} server="https://meet.example/meeting.html?room=1" />);

beforeEach(() => {
    vi.useFakeTimers();
});

afterEach(() => {
    cleanup();
    vi.useRealTimers();
});

test.each(['none', 'connected', 'connecting'] as const)('says nothing while media is %s', (media) => {
    show(snapshot(media));
    expect(document.querySelector('.banner')).toBeNull();
});

test('says that sound and picture are being mended, and after a while where to look for the cause', async () => {
    show(snapshot('recovering'));
    expect(screen.getByTestId('recovering').textContent).toContain('Reconnecting your sound and picture');
    expect(document.querySelector('a')).toBeNull();
    await act(async () => { await vi.advanceTimersByTimeAsync(9_000); });
    expect(document.querySelector('a')?.href).toBe('https://meet.example/check.html');
});

test('says that media never came about', async () => {
    show(snapshot('connecting'));
    await act(async () => { await vi.advanceTimersByTimeAsync(9_000); });
    expect(screen.getByTestId('recovering').textContent).toContain('Still connecting');
});

test('speaks of signalling first, for without it nothing is mended', () => {
    show(snapshot('recovering', 'reconnecting'));
    expect(screen.getByTestId('reconnecting').textContent).toContain('Connection lost');
});
