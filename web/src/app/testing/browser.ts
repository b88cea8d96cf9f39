import { FakeMediaStreamTrack } from 'fake-mediastreamtrack';
import { vi } from 'vitest';

/** Stands in for the parts of a browser that jsdom lacks: layout, media elements, and (as each test wants) devices. */
export function stubBrowser(): void {
    vi.stubGlobal('ResizeObserver', class {
        observe(): void {}
        disconnect(): void {}
    });
    vi.stubGlobal('MediaStream', class {
        constructor(readonly tracks: readonly MediaStreamTrack[]) {}
    });
    vi.stubGlobal('AudioContext', class {
        readonly state = 'running';
        createMediaStreamSource = () => ({ connect() {}, disconnect() {} });
        createAnalyser = () => ({ fftSize: 0, getFloatTimeDomainData() {} });
        close = async () => {};
    });
    vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(1280);
    vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(700);
    HTMLElement.prototype.scrollTo = () => {};
    HTMLDialogElement.prototype.showModal = function showModal() {
        this.open = true;
        this.querySelector<HTMLElement>('[autofocus]')?.focus();
    };
    HTMLDialogElement.prototype.close = function close() {
        this.open = false;
    };
    playing();
}

/** Media elements play, or the browser wants a click first. */
export function playing(rejectAs?: string): void {
    vi.spyOn(HTMLMediaElement.prototype, 'play').mockImplementation(async () => {
        if (rejectAs !== undefined) {
            throw new DOMException('refused', rejectAs);
        }
    });
}

/** Each kind of device works, or fails as a browser would name it. */
export function devices(outcome: { readonly camera?: string; readonly microphone?: string } = {}): void {
    const getUserMedia = async ({ video, audio }: MediaStreamConstraints) => {
        const failure = (video && outcome.camera) || (audio && outcome.microphone);
        if (failure) {
            throw new DOMException('refused', failure);
        }
        const tracks = (kind: 'audio' | 'video', wanted: unknown) => (wanted ? [new FakeMediaStreamTrack({ kind })] : []);
        const [pictures, sounds] = [tracks('video', video), tracks('audio', audio)];
        return { getVideoTracks: () => pictures, getAudioTracks: () => sounds };
    };
    vi.stubGlobal('navigator', Object.assign(Object.create(navigator, { languages: { value: ['en-US'] } }), {
        mediaDevices: {
            getUserMedia,
            enumerateDevices: async () => [],
            getDisplayMedia: getUserMedia,
            addEventListener() {},
            removeEventListener() {},
        },
    }));
}
