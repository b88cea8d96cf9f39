import type { types } from 'mediasoup-client';
import { asParleyError, type ParleyError } from './errors';
import type { MediaLink } from './link';
import type { Signalling } from './signalling';

export interface ReceptionHooks {
    /** The track of that producer is being received, or no longer is. */
    track(producerId: string, track: MediaStreamTrack | undefined): void;
    error(error: ParleyError): void;
}

/** One stream of somebody else that shall be received. */
interface Reception {
    readonly producerId: string;
    /** Streams with the same id are kept in step by the browser: a voice with its face. */
    readonly streamId: string;
    consumer: types.Consumer | undefined;
    /** Whether the server shall forward it. */
    receiving: boolean;
    /** What the server was told last of that; a new consumer forwards nothing. */
    told: boolean;
    /** Changes with each new try, so that a try that was overtaken notices. */
    attempt: object | undefined;
}

/** Everything one receives: each wanted producer is consumed, all of them side by side. */
export class Receptions {
    private readonly wanted = new Map<string, Reception>();

    constructor(
        private readonly link: MediaLink,
        private readonly signalling: Signalling,
        private readonly hooks: ReceptionHooks,
    ) {}

    want(producerId: string, streamId: string): void {
        if (this.wanted.has(producerId)) return;
        const reception: Reception = { producerId, streamId, consumer: undefined, receiving: true, told: false, attempt: undefined };
        this.wanted.set(producerId, reception);
        void this.consume(reception);
    }

    /** Whether anything changed: that producer's stream shall be forwarded from here on, or held back by the server. */
    setReceiving(producerId: string, receiving: boolean): boolean {
        const reception = this.wanted.get(producerId);
        if (!reception || reception.receiving === receiving) return false;
        reception.receiving = receiving;
        this.tell(reception).catch((error: unknown) => this.report(error));
        return true;
    }

    /** The id of the consumer that receives that producer's stream, if one does. */
    consumerOf(producerId: string): string | undefined {
        return this.wanted.get(producerId)?.consumer?.id;
    }

    /** Begins anew with that producer's stream, which does not arrive as it should. */
    again(producerId: string): void {
        const reception = this.wanted.get(producerId);
        if (!reception) return;
        const consumerId = reception.consumer?.id;
        this.end(reception);
        // One that the server does not know any more is closed already.
        if (consumerId !== undefined) this.signalling.request('closeConsumer', { consumerId }).catch(() => {});
        void this.consume(reception);
    }

    /** The producer is gone, and with it, on the server, the consumer. */
    drop(producerId: string): void {
        const reception = this.wanted.get(producerId);
        if (!reception) return;
        this.wanted.delete(producerId);
        this.end(reception);
    }

    /** The receiving transport is gone: everything is consumed anew. */
    lost(): void {
        for (const reception of this.wanted.values()) {
            this.end(reception);
            void this.consume(reception);
        }
    }

    /** The session was taken up again; `alive` are one's consumers that the server still has. */
    resumed(alive: ReadonlySet<string>): void {
        const known = new Set<string>();
        for (const reception of this.wanted.values()) {
            const { consumer } = reception;
            if (consumer && alive.has(consumer.id)) {
                known.add(consumer.id);
                // The connection may have dropped before the last wish was heard; telling it twice does no harm.
                reception.told = !reception.receiving;
                this.tell(reception).catch((error: unknown) => this.report(error));
            } else {
                this.end(reception);
                void this.consume(reception);
            }
        }
        for (const consumerId of alive) {
            if (!known.has(consumerId)) this.signalling.request('closeConsumer', { consumerId }).catch(() => {});
        }
    }

    close(): void {
        for (const reception of this.wanted.values()) this.end(reception);
        this.wanted.clear();
    }

    private async consume(reception: Reception): Promise<void> {
        const attempt = (reception.attempt = {});
        const overtaken = (): boolean => reception.attempt !== attempt;
        const { producerId, streamId } = reception;
        try {
            const transport = await this.link.transport();
            if (overtaken()) return;
            const info = await this.signalling.request('consume', { transportId: transport.id, producerId });
            if (overtaken()) return;
            const { consumerId, kind, rtpParameters } = info;
            const consumer = await transport.consume({ id: consumerId, producerId, kind, rtpParameters, streamId });
            if (overtaken()) {
                consumer.close();
                return;
            }
            reception.consumer = consumer;
            reception.told = false;
            this.hooks.track(producerId, consumer.track);
            await this.tell(reception);
        } catch (error) {
            if (!overtaken()) this.report(error);
        }
    }

    /** The server handles one connection's requests in order, so the last wish is the one that holds. */
    private async tell(reception: Reception): Promise<void> {
        const { consumer, receiving, told } = reception;
        if (!consumer || told === receiving) return;
        reception.told = receiving;
        await this.signalling.request(receiving ? 'resumeConsumer' : 'pauseConsumer', { consumerId: consumer.id });
    }

    private end(reception: Reception): void {
        reception.attempt = undefined;
        const { consumer } = reception;
        if (!consumer) return;
        reception.consumer = undefined;
        consumer.close();
        this.hooks.track(reception.producerId, undefined);
    }

    /** A producer that closed meanwhile is no error; what failed for want of a connection is made good after the next resume. */
    private report(cause: unknown): void {
        const error = asParleyError(cause, 'media/failed');
        if (!['not-found', 'signalling/disconnected', 'state/closed'].includes(error.code)) this.hooks.error(error);
    }
}
