// @vitest-environment jsdom
import { FakeMediaStreamTrack } from 'fake-mediastreamtrack';
import { useMemo, useState } from 'react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { BackgroundBlur, BlurState } from '../../sdk/blurLater';
import { cleanup, render, waitFor, act } from '../testing/dom';
import { preferences } from '../lib/storage';
import { useBlur, type Camera } from './useBlur';
import type { Device } from './useDevice';

/** A blur that does what it is told. */
class FakeBlur {
    readonly track = camera();
    readonly cameras: MediaStreamTrack[] = [];
    closed = false;
    private state: BlurState = 'starting';
    private listener = (): void => undefined;
    getSnapshot = () => ({ state: this.state, masksPerSecond: 15 });
    setCamera = (track: MediaStreamTrack): void => void this.cameras.push(track);
    close = (): void => void (this.closed = true);
    subscribe = (listener: () => void) => {
        this.listener = listener;
        return () => undefined;
    };

    become(state: BlurState): void {
        this.state = state;
        act(() => this.listener());
    }
}

let begin: ((blur: BackgroundBlur) => void) | undefined;
let refuse: (() => void) | undefined;

vi.mock('../../sdk/blurLater', () => ({
    canBlurBackground: () => true,
    blurBackground: () => new Promise((resolve, reject) => {
        begin = resolve;
        refuse = () => reject(new Error('offline'));
    }),
}));

const camera = (): MediaStreamTrack => new FakeMediaStreamTrack({ kind: 'video' }) as unknown as MediaStreamTrack;

/** One whose system blurs. */
function clever(blurs = true): MediaStreamTrack {
    let on = false;
    return Object.assign(camera(), {
        getCapabilities: () => ({ backgroundBlur: [false, true] }),
        getSettings: () => ({ backgroundBlur: on }),
        applyConstraints: async ({ backgroundBlur }: { backgroundBlur: boolean }) => void (on = blurs && backgroundBlur),
    });
}

let shown: Camera;
let show: (track: MediaStreamTrack | undefined) => void;

function Probe({ first }: { readonly first: MediaStreamTrack | undefined }) {
    const [track, setTrack] = useState(first);
    show = (track) => act(() => setTrack(track));
    shown = useBlur(useMemo(() => ({ kind: 'camera', on: true, opening: false, ...(track && { track }) }) as Device, [track]));
    return null;
}

const open = (track: MediaStreamTrack | undefined): void => void render(<Probe first={track} />);

async function started(): Promise<FakeBlur> {
    const blur = new FakeBlur();
    await waitFor(() => expect(begin).toBeDefined());
    await act(async () => begin?.(blur as unknown as BackgroundBlur));
    return blur;
}

const turn = (on: boolean): Promise<void> => act(async () => shown.blur.turn(on));

beforeEach(() => {
    localStorage.clear();
    begin = undefined;
});
afterEach(cleanup);

describe('the camera', () => {
    test('is shown as it is unless the person wants otherwise', () => {
        const track = camera();
        open(track);
        expect(shown.picture).toBe(track);
        expect(shown.blur).toMatchObject({ offered: true, on: false, bySystem: false });
    });

    test('goes on being seen while the blur begins, and is remembered to be blurred', async () => {
        const track = camera();
        open(track);
        await turn(true);
        expect(shown.picture).toBe(track);
        expect(preferences.device('blur')).toBe('on');
        const blur = await started();
        expect(shown.picture).toBe(blur.track);
        expect(shown.blur.on).toBe(true);
        await turn(false);
        expect(shown.picture).toBe(track);
        expect(blur.closed).toBe(true);
        expect(preferences.device('blur')).toBeUndefined();
    });

    test('that is opened with the blur wanted is not seen without it', async () => {
        preferences.rememberDevice('blur', 'on');
        open(camera());
        expect(shown.picture).toBeUndefined();
        const blur = await started();
        expect(shown.picture).toBe(blur.track);
    });

    test('may be another one, or go, without the picture being another', async () => {
        preferences.rememberDevice('blur', 'on');
        open(camera());
        const blur = await started();
        const next = camera();
        show(next);
        expect(blur.cameras.at(-1)).toBe(next);
        expect(shown.picture).toBe(blur.track);
        show(undefined);
        expect(shown.picture).toBeUndefined();
        expect(blur.closed).toBe(true);
    });

    test('is seen unblurred, and it is said, when that would be too slow; and is tried again when asked for', async () => {
        const track = camera();
        open(track);
        await turn(true);
        const blur = await started();
        blur.become('slow');
        expect(shown.picture).toBe(track);
        expect(shown.blur).toMatchObject({ on: false, trouble: 'slow' });
        expect(blur.closed).toBe(true);
        await turn(true);
        const again = await started();
        expect(shown.picture).toBe(again.track);
        expect(shown.blur.trouble).toBeUndefined();
    });

    test('stays blurred, and it is said, when the blur does not work', async () => {
        open(camera());
        await turn(true);
        const blur = await started();
        blur.become('failed');
        expect(shown.picture).toBe(blur.track);
        expect(shown.blur).toMatchObject({ on: true, trouble: 'failed' });
    });

    test('is not seen, and it is said, when the blur cannot even be fetched', async () => {
        preferences.rememberDevice('blur', 'on');
        open(camera());
        await waitFor(() => expect(begin).toBeDefined());
        await act(async () => refuse?.());
        expect(shown.picture).toBeUndefined();
        expect(shown.blur.trouble).toBe('failed');
    });

    test('that blurs by itself does so, and is sent as it is', async () => {
        const track = clever();
        open(track);
        await turn(true);
        await waitFor(() => expect(shown.blur).toMatchObject({ on: true, bySystem: true }));
        expect(shown.picture).toBe(track);
        expect(begin).toBeUndefined();
    });

    test('that only says so is blurred in the page', async () => {
        open(clever(false));
        await turn(true);
        const blur = await started();
        expect(shown.picture).toBe(blur.track);
    });
});
