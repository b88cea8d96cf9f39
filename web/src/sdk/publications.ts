import type { types } from 'mediasoup-client';
import { asParleyError, ParleyError } from './errors';
import type { MediaLink, ProducerData } from './link';
import type { Source } from './messages';
import { isMadeOf } from './origin';
import type { Signalling } from './signalling';
import type { LocalTrackView } from './state';

export interface PublicationHooks {
    changed(): void;
    error(error: ParleyError): void;
}

/** One stream of one's own: what shall be sent, and the producer that sends it now. */
export class Publication {
    readonly id = crypto.randomUUID();
    paused = false;
    removed = false;
    producer: types.Producer<ProducerData> | undefined;
    private view: LocalTrackView | undefined;

    constructor(
        readonly source: Source,
        public track: MediaStreamTrack,
    ) {}

    /** The same object until something changes. */
    snapshot(): LocalTrackView {
        const { id, source, track, paused } = this;
        if (this.view?.track !== track || this.view.paused !== paused) {
            this.view = { id, source, kind: source === 'microphone' || source === 'screenAudio' ? 'audio' : 'video', track, paused };
        }
        return this.view;
    }
}

/** How each source is encoded: one encoding each, bits per second. */
function sending(source: Source): Pick<types.ProducerOptions, 'encodings' | 'codecOptions'> {
    switch (source) {
        case 'microphone':
            return { codecOptions: { opusDtx: true, opusFec: true, opusStereo: false } };
        case 'screenAudio':
            return { codecOptions: { opusFec: true, opusStereo: true, opusMaxAverageBitrate: 128_000 } };
        case 'camera':
            return { encodings: [{ maxBitrate: 1_500_000 }], codecOptions: { videoGoogleStartBitrate: 800 } };
        case 'screen':
            return { encodings: [{ maxBitrate: 3_000_000 }], codecOptions: { videoGoogleStartBitrate: 1_200 } };
    }
}

/** How long a stream waits for another device after its own was unplugged; milliseconds. */
const REPLACING_TIME = 3_000;

/** Everything one sends. Changes happen one after the other, so that the server sees them in the order they were asked for. */
export class Publications {
    private readonly all = new Set<Publication>();
    private tail: Promise<unknown> = Promise.resolve();

    constructor(
        private readonly link: MediaLink,
        private readonly signalling: Signalling,
        private readonly hooks: PublicationHooks,
    ) {}

    of(source: Source): Publication | undefined {
        return [...this.all].find((publication) => publication.source === source);
    }

    list(): readonly Publication[] {
        return [...this.all];
    }

    /** Sends the track; fails, and stops the track, when the server or the browser refuses. */
    async add(source: Source, track: MediaStreamTrack): Promise<Publication> {
        const publication = new Publication(source, track);
        publication.paused = !track.enabled;
        this.all.add(publication);
        this.hooks.changed();
        track.addEventListener('ended', () => this.ended(publication, track));
        try {
            await this.inOrder(() => this.produce(publication));
            return publication;
        } catch (error) {
            this.forget(publication);
            throw asParleyError(error, 'media/failed');
        }
    }

    async replace(publication: Publication, track: MediaStreamTrack): Promise<void> {
        await this.inOrder(async () => {
            if (publication.removed) throw new ParleyError('state/closed', 'This stream is not being sent any more.');
            const old = publication.track;
            if (old === track) return;
            track.enabled = !publication.paused;
            await publication.producer?.replaceTrack({ track });
            publication.track = track;
            track.addEventListener('ended', () => this.ended(publication, track));
            if (!isMadeOf(track, old)) old.stop();
            this.hooks.changed();
        });
    }

    async setPaused(publication: Publication, paused: boolean): Promise<void> {
        // Locally at once: from here on nothing leaves the browser.
        publication.paused = paused;
        this.applyPause(publication);
        this.hooks.changed();
        await this.inOrder(() => this.tellPause(publication));
    }

    async remove(publication: Publication): Promise<void> {
        if (publication.removed) return;
        const { producer } = publication;
        this.forget(publication);
        await this.inOrder(async () => {
            const id = (publication.producer ?? producer)?.id;
            publication.producer?.close();
            if (id !== undefined) await this.tellClosed(id);
        });
    }

    /** As {@link remove}; what fails for want of a connection is made good after the next resume. */
    async end(publication: Publication): Promise<void> {
        try {
            await this.remove(publication);
        } catch (cause) {
            const error = asParleyError(cause, 'media/failed');
            if (error.code !== 'signalling/disconnected' && error.code !== 'state/closed') throw error;
        }
    }

    /** A host muted it, on the server already. The publication, when it was not muted before. */
    pausedByHost(producerId: string): Publication | undefined {
        const publication = this.by(producerId);
        if (!publication || publication.paused) return undefined;
        publication.paused = true;
        this.applyPause(publication);
        this.hooks.changed();
        return publication;
    }

    /** A host ended it, on the server already. */
    closedByHost(producerId: string): boolean {
        const publication = this.by(producerId);
        if (!publication) return false;
        publication.producer?.close();
        this.forget(publication);
        return true;
    }

    /** The sending transport is gone: everything is sent anew. */
    lost(): void {
        for (const publication of this.all) publication.producer = undefined;
        this.produceMissing();
    }

    /** The session was taken up again; `alive` are one's producers that the server still has. */
    resumed(alive: ReadonlySet<string>): void {
        const known = new Set<string>();
        for (const publication of this.all) {
            const { producer } = publication;
            if (!producer) continue;
            known.add(producer.id);
            if (alive.has(producer.id)) {
                this.background(() => this.tellPause(publication));
            } else {
                producer.close();
                publication.producer = undefined;
            }
        }
        // Made by a request whose answer was lost.
        for (const id of alive) if (!known.has(id)) this.background(() => this.tellClosed(id));
        this.produceMissing();
    }

    close(): void {
        for (const publication of [...this.all]) this.forget(publication);
    }

    private by(producerId: string): Publication | undefined {
        return [...this.all].find(({ producer }) => producer?.id === producerId);
    }

    private produceMissing(): void {
        for (const publication of this.all) {
            this.background(async () => {
                if (!publication.producer && !publication.removed) await this.produce(publication);
            });
        }
    }

    private async produce(publication: Publication): Promise<void> {
        const { source, track } = publication;
        const transport = await this.link.transport();
        if (publication.removed) return;
        const paused = publication.paused;
        track.enabled = !paused;
        const producer = await transport.produce({
            track,
            ...sending(source),
            stopTracks: false,
            zeroRtpOnPause: true,
            appData: { source, paused },
        });
        publication.producer = producer;
        if (publication.removed) {
            producer.close();
            await this.tellClosed(producer.id);
        } else if (publication.paused !== paused) {
            this.applyPause(publication);
            await this.tellPause(publication);
        }
    }

    private applyPause({ producer, track, paused }: Publication): void {
        track.enabled = !paused;
        if (paused && producer?.paused === false) producer.pause();
        else if (!paused && producer?.paused === true) producer.resume();
    }

    private async tellPause(publication: Publication): Promise<void> {
        const { producer, paused } = publication;
        // One that is not yet being sent is told with `produce`.
        if (!producer || publication.removed) return;
        await this.signalling.request(paused ? 'pauseProducer' : 'resumeProducer', { producerId: producer.id });
    }

    /** A producer that the server no longer has is as good as closed. */
    private async tellClosed(producerId: string): Promise<void> {
        try {
            await this.signalling.request('closeProducer', { producerId });
        } catch (error) {
            if (asParleyError(error, 'media/failed').code !== 'not-found') throw error;
        }
    }

    /** The device was unplugged, or the person ended the share with the browser's own button. */
    private ended(publication: Publication, track: MediaStreamTrack): void {
        const isDevice = publication.source === 'microphone' || publication.source === 'camera';
        const end = (): void => {
            if (publication.removed || publication.track !== track) return;
            if (isDevice) {
                const message = `The ${publication.source} stopped: it was unplugged, or the browser may no longer use it.`;
                this.hooks.error(new ParleyError('media/failed', message));
            }
            this.remove(publication).catch((error: unknown) => this.report(error));
        };
        // Another device in its place goes on with the same stream, and nobody sees a change.
        if (isDevice) setTimeout(end, REPLACING_TIME);
        else end();
    }

    private forget(publication: Publication): void {
        publication.removed = true;
        publication.track.stop();
        if (this.all.delete(publication)) this.hooks.changed();
    }

    private inOrder<T>(work: () => Promise<T>): Promise<T> {
        const result = this.tail.then(work);
        this.tail = result.catch(() => {});
        return result;
    }

    private background(work: () => Promise<void>): void {
        this.inOrder(work).catch((error: unknown) => this.report(error));
    }

    /** What failed for want of a connection is made good after the next resume. */
    private report(cause: unknown): void {
        const error = asParleyError(cause, 'media/failed');
        if (error.code !== 'signalling/disconnected' && error.code !== 'state/closed') this.hooks.error(error);
    }
}
