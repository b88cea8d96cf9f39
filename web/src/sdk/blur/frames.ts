import pulseUrl from './pulseWorker?worker&url';
import { startWorker } from './startWorker';

export interface FrameListener {
    /** There is another picture of the camera in the element. `offered`: since the last one, where the browser tells. */
    frame(video: HTMLVideoElement, now: number, offered: number | undefined): void;
    /** Thirty times a second, whether there is a picture or not. */
    beat(now: number): void;
}

/** No call by the browser for so long, milliseconds, and the beat is gone by: the page is hidden, or the browser never calls. */
const PATIENCE = 150;

/**
 * Tells of each new picture of a camera. In a page that is seen the browser does; in one that is hidden it does not, and the beat
 * of a worker does.
 */
export class Frames {
    private readonly video = document.createElement('video');
    private pulse: Worker | undefined;
    private closed = false;
    private called = 0;
    private presented: number | undefined;
    private shown = -1;
    private painted = 0;
    /** Of the camera's frames, milliseconds. */
    private interval = 0;
    private request: number | undefined;

    constructor(private readonly listener: FrameListener) {
        const { video } = this;
        video.muted = true;
        video.playsInline = true;
        video.autoplay = true;
        this.await();
        startWorker(pulseUrl, 'parley-pulse').then((pulse) => {
            if (this.closed) pulse.terminate();
            else this.beatBy(pulse);
        }, () => undefined); // The browser's calls suffice while the page is seen.
    }

    /** From now on the pictures of that camera. */
    watch(camera: MediaStreamTrack): void {
        const { video } = this;
        video.srcObject = new MediaStream([camera]);
        this.presented = undefined;
        this.interval = 1000 / (camera.getSettings().frameRate ?? 30);
        // A muted picture may always play; a rejection only means that another camera came meanwhile.
        void video.play().catch(() => undefined);
    }

    close(): void {
        this.closed = true;
        this.pulse?.terminate();
        if (this.request !== undefined) this.video.cancelVideoFrameCallback(this.request);
        this.video.pause();
        this.video.srcObject = null;
    }

    private await(): void {
        const { video } = this;
        if (this.closed || !('requestVideoFrameCallback' in video)) return;
        this.request = video.requestVideoFrameCallback((_, { presentedFrames }) => {
            this.called = performance.now();
            const offered = this.presented === undefined || presentedFrames <= this.presented ? 1 : presentedFrames - this.presented;
            this.presented = presentedFrames;
            this.await();
            this.show(this.called, offered);
        });
    }

    private beatBy(pulse: Worker): void {
        this.pulse = pulse;
        pulse.onmessage = () => {
            const now = performance.now();
            if (now - this.called > PATIENCE) {
                this.presented = undefined;
                // The element's time goes on while there are pictures, and no more often than those come is one painted.
                const due = this.video.currentTime !== this.shown && now - this.painted > 0.8 * this.interval;
                if (due) this.show(now, undefined);
            }
            this.listener.beat(now);
        };
    }

    private show(now: number, offered: number | undefined): void {
        const { video } = this;
        if (this.closed || video.videoWidth === 0 || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return;
        this.shown = video.currentTime;
        this.painted = now;
        this.listener.frame(video, now, offered);
    }
}
