import { setOrigin } from '../origin';
import { Frames, type FrameListener } from './frames';
import type { Mask, MaskMaker, MaskSize } from './maskMaker';
import { Picture } from './picture';
import { BlurWatchdog, EFFORTS } from './watchdog';

/**
 * - `starting`: everything is blurred, until it is known where the person is
 * - `on`: the background is blurred
 * - `slow`: given up, because it would cost the frame rate; everything is blurred until it is closed
 * - `failed`: it does not work here; everything is blurred until it is closed
 * - `closed`
 */
export type BlurState = 'starting' | 'on' | 'slow' | 'failed' | 'closed';

export interface BlurView {
    readonly state: BlurState;
    /** Of the last mask, milliseconds. */
    readonly millisPerMask?: number;
    /** At most. Lowered where more would cost the frame rate. */
    readonly masksPerSecond: number;
}

/** A model that is not there after this time does not come any more, milliseconds. */
const PATIENCE = 45_000;
/** What is older than this tells nothing of where the person is, milliseconds. */
const STALE = 1_500;

/** Where it gets pictures from and puts them; tests have others than the browser's. */
export interface BlurParts {
    readonly maker: MaskMaker;
    readonly picture?: Pick<Picture, 'paint' | 'setMask' | 'take' | 'close'> & { readonly canvas: HTMLCanvasElement };
    readonly frames?: (listener: FrameListener) => Pick<Frames, 'watch' | 'close'>;
    readonly clock?: () => number;
}

/**
 * A camera's picture with the background blurred, as a track to show and to send. Nothing of the camera is to be seen unblurred
 * before it is known where the person is, nor when that is not known any more.
 */
export class BackgroundBlur {
    /** Ends with {@link close}; stays the same when the camera changes. */
    readonly track: MediaStreamTrack;
    private readonly maker: MaskMaker;
    private readonly picture: NonNullable<BlurParts['picture']>;
    private readonly frames: Pick<Frames, 'watch' | 'close'>;
    private readonly clock: () => number;
    private readonly watchdog = new BlurWatchdog();
    private readonly listeners = new Set<() => void>();
    private view: BlurView = { state: 'starting', masksPerSecond: EFFORTS[0]!.masksPerSecond };
    private ready = false;
    private readonly since: number;
    private watched: MediaStreamTrack | undefined;
    private making = false;
    private madeAt = -Infinity;
    private askedAt = -Infinity;
    /** Counts cameras: what was seen by one before is not where anybody is before the next. */
    private camera = 0;

    constructor({ maker, picture = new Picture(), frames = (listener) => new Frames(listener), clock = () => performance.now() }: BlurParts) {
        this.maker = maker;
        this.picture = picture;
        this.clock = clock;
        this.since = clock();
        this.track = picture.canvas.captureStream().getVideoTracks()[0]!;
        this.track.contentHint = 'motion';
        this.frames = frames({
            frame: (video, now, offered) => this.paint(video, now, offered),
            beat: (now) => this.look(now),
        });
        maker.ready.then(() => (this.ready = true), () => this.giveUp());
    }

    /** The camera whose picture is taken from now on. Who opened it closes it. */
    setCamera(camera: MediaStreamTrack): void {
        if (camera === this.watched) return;
        this.watched = camera;
        setOrigin(this.track, camera);
        this.camera++;
        this.madeAt = -Infinity;
        this.picture.setMask(undefined, this.maker.size);
        this.maker.forget();
        this.watchdog.anotherCamera();
        this.frames.watch(camera);
    }

    readonly getSnapshot = (): BlurView => this.view;

    readonly subscribe = (listener: () => void): (() => void) => {
        this.listeners.add(listener);
        return () => this.listeners.delete(listener);
    };

    /** Lets go of everything but the camera. */
    close(): void {
        if (this.view.state === 'closed') return;
        this.frames.close();
        this.maker.close();
        this.track.stop();
        this.picture.close();
        this.set({ state: 'closed' });
    }

    private get works(): boolean {
        return this.view.state === 'starting' || this.view.state === 'on';
    }

    private paint(video: HTMLVideoElement, now: number, offered: number | undefined): void {
        if (this.view.state === 'closed') return;
        const start = this.clock();
        const effort = this.watchdog.effort ?? EFFORTS.at(-1)!;
        if (start - this.madeAt > STALE) this.picture.setMask(undefined, this.maker.size);
        this.picture.paint(video, effort.width);
        if (this.works && this.ready && !this.making && start - this.askedAt >= 1000 / effort.masksPerSecond - 1) void this.ask(video, start);
        this.watchdog.painted(now, this.clock() - start, offered);
    }

    private async ask(video: HTMLVideoElement, now: number): Promise<void> {
        const { camera } = this;
        this.making = true;
        this.askedAt = now;
        this.watchdog.askedForMask(now);
        try {
            const mask = await this.maker.make(this.picture.take(video, this.maker.size));
            this.watchdog.gotMask(this.clock(), mask.millis);
            if (this.works && camera === this.camera) this.use(mask, this.maker.size);
        } catch {
            this.giveUp();
        } finally {
            this.making = false;
        }
    }

    private use(mask: Mask, size: MaskSize): void {
        this.madeAt = this.askedAt;
        this.picture.setMask(mask, size);
        this.set({ state: 'on', millisPerMask: mask.millis });
    }

    private look(now: number): void {
        if (!this.works) return;
        if (!this.ready && now - this.since > PATIENCE) this.giveUp();
        if (!this.watchdog.look(now)) return;
        const { effort } = this.watchdog;
        if (effort === undefined) {
            // One who never was told from the background would not be now: they asked not to be seen like that.
            this.giveUp(this.view.state === 'on' ? 'slow' : 'failed');
        } else {
            this.set({ masksPerSecond: effort.masksPerSecond });
        }
    }

    private giveUp(state: 'slow' | 'failed' = 'failed'): void {
        if (!this.works) return;
        this.maker.close();
        this.picture.setMask(undefined, this.maker.size);
        this.set({ state });
    }

    private set(change: Partial<BlurView>): void {
        const before = this.view;
        this.view = { ...before, ...change };
        // How long masks take changes all the time, and is there to be looked at.
        if (this.view.state === before.state && this.view.masksPerSecond === before.masksPerSecond) return;
        for (const listener of [...this.listeners]) listener();
    }
}
