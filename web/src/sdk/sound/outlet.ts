import { type Boost, boost } from './boost';
import { audioState, onAudioState, resumeAudio } from './context';
import { canChooseSpeaker, volumeIsFixed } from '../engine';
import type { ContextState } from './listening';
import { AS_SENT, type Loudness } from './volumes';

/** Where elements live, and what is done with each before it plays. */
export interface OutletOptions {
    readonly container?: HTMLElement | undefined;
    readonly prepare?: ((element: HTMLAudioElement) => void) | undefined;
    /** Called when `blocked` changed. */
    readonly changed: () => void;
}

/**
 * Plays one stream of sound. An element does it alone up to 100 %; above, the element goes on silently and a second one plays
 * the louder copy. While the sound graph does not run, the first plays at 100 %: too quiet is better than nothing.
 */
export class SoundOutlet {
    readonly element = document.createElement('audio');
    private louder: { readonly element: HTMLAudioElement; readonly boost: Boost } | undefined;
    private loudness = AS_SENT;
    private speaker = '';
    private refused = false;
    private readonly stopListening = onAudioState(() => this.apply());

    constructor(
        private readonly track: MediaStreamTrack,
        private readonly options: OutletOptions,
    ) {
        options.prepare?.(this.element);
        options.container?.append(this.element);
        this.reattach();
    }

    /** The browser refused to play without a click. */
    get blocked(): boolean {
        return this.refused;
    }

    get playing(): boolean {
        return !this.element.paused && this.louder?.element.paused !== true;
    }

    /** Of the graph, if one is needed. */
    get context(): ContextState {
        return this.wantsGraph() ? audioState() : 'unused';
    }

    setLoudness(loudness: Loudness): void {
        this.loudness = loudness;
        this.apply();
    }

    /** Plays through another loudspeaker; `''` is the system's own choice. Fails when it is gone. */
    async setSpeaker(deviceId: string): Promise<void> {
        this.speaker = deviceId;
        await Promise.all([this.element, this.louder?.element].map((element) => element && sink(element, deviceId)));
    }

    /** Calls `play` on everything at once: a click counts only while it is being handled. */
    async play(): Promise<void> {
        const results = await Promise.allSettled([this.element.play(), this.louder?.element.play()]);
        const refused = results.some((result) => result.status === 'rejected' && isRefusal(result.reason));
        if (refused === this.refused) return;
        this.refused = refused;
        this.options.changed();
    }

    /** Gives the elements their streams anew, which wakes a decoder that has stopped. */
    reattach(): void {
        this.quieten();
        this.element.srcObject = new MediaStream([this.track]);
        this.apply();
        void this.play();
    }

    close(): void {
        this.stopListening();
        this.quieten();
        this.element.srcObject = null;
        this.element.remove();
    }

    private wantsGraph(): boolean {
        const { volume, muted } = this.loudness;
        return !muted && (volume > 1 || (volume < 1 && volumeIsFixed()));
    }

    private apply(): void {
        const { volume, muted } = this.loudness;
        if (this.wantsGraph() && audioState() !== 'running') resumeAudio();
        if (this.wantsGraph() && audioState() === 'running') {
            this.louder ??= this.makeLouder();
            this.louder.boost.setGain(volume);
            this.element.muted = true;
        } else {
            this.quieten();
            this.element.volume = Math.min(1, volume);
            this.element.muted = muted || volume === 0;
        }
    }

    private makeLouder(): { readonly element: HTMLAudioElement; readonly boost: Boost } {
        const made = { element: document.createElement('audio'), boost: boost(new MediaStream([this.track])) };
        this.options.container?.append(made.element);
        made.element.srcObject = made.boost.stream;
        void sink(made.element, this.speaker).catch(() => undefined);
        made.element.play().catch((error: unknown) => {
            if (!isRefusal(error) || this.refused) return;
            this.refused = true;
            this.options.changed();
        });
        return made;
    }

    private quieten(): void {
        if (this.louder === undefined) return;
        this.louder.element.srcObject = null;
        this.louder.element.remove();
        this.louder.boost.close();
        this.louder = undefined;
    }
}

async function sink(element: HTMLMediaElement, deviceId: string): Promise<void> {
    if (canChooseSpeaker() && element.sinkId !== deviceId) await element.setSinkId(deviceId);
}

function isRefusal(error: unknown): boolean {
    return (error as { name?: unknown } | null)?.name === 'NotAllowedError';
}
