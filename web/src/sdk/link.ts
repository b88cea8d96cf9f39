import type { types } from 'mediasoup-client';
import { asParleyError, ParleyError } from './errors';
import type { Source } from './messages';
import type { Signalling } from './signalling';

export interface LinkHooks {
    /** The transport is gone for good; {@link MediaLink.transport} makes a new one. */
    lost(): void;
    error(error: ParleyError): void;
}

/** What a producer carries for the `produce` request. */
export interface ProducerData extends types.AppData {
    source: Source;
}

/** How long a broken connection may mend itself before ICE is restarted, and how long a restart may take. */
const MENDING_TIME = 2_000;
const RESTART_TIME = 8_000;
const RESTARTS = 2;

/**
 * One direction of media: a mediasoup transport that is made when it is first needed, because the server frees those that
 * never connect; mended by an ICE restart, and given up for a new one when that does not help.
 */
export class MediaLink {
    private opening: Promise<types.Transport> | undefined;
    private current: types.Transport | undefined;
    private restarts = 0;
    private timer: ReturnType<typeof setTimeout> | undefined;
    private closed = false;

    constructor(
        private readonly direction: 'send' | 'recv',
        private readonly device: types.Device,
        private readonly signalling: Signalling,
        private readonly hooks: LinkHooks,
    ) {}

    transport(): Promise<types.Transport> {
        this.opening ??= this.open().catch((error: unknown) => {
            this.opening = undefined;
            throw error;
        });
        return this.opening;
    }

    get id(): string | undefined {
        return this.current?.id;
    }

    async stats(): Promise<RTCStatsReport | undefined> {
        return this.current?.getStats();
    }

    /** The session was taken up again; `alive` are the transports that the server still has. */
    resumed(alive: ReadonlySet<string>): void {
        if (!this.current) return;
        if (!alive.has(this.current.id)) this.giveUp();
        else if (this.isBroken()) void this.restart();
    }

    /** The server closed the transport. */
    closedByServer(): void {
        this.giveUp();
    }

    close(): void {
        this.closed = true;
        this.discard();
    }

    private async open(): Promise<types.Transport> {
        const { signalling, device, direction } = this;
        const info = await signalling.request(
            'createTransport',
            direction === 'recv' ? { direction, rtpCapabilities: device.recvRtpCapabilities } : { direction },
        );
        if (this.closed) throw new ParleyError('state/closed', 'The meeting is over.');
        const transport = direction === 'recv' ? device.createRecvTransport(info) : device.createSendTransport(info);
        transport.on('connect', ({ dtlsParameters }, done, failed) => {
            signalling.request('connectTransport', { transportId: transport.id, dtlsParameters }).then(done, failed);
        });
        transport.on('produce', ({ kind, rtpParameters, appData }, done, failed) => {
            const { source, paused } = appData as ProducerData & { paused?: boolean };
            signalling
                .request('produce', { transportId: transport.id, kind, rtpParameters, source, paused: paused === true })
                .then(({ producerId }) => done({ id: producerId }), failed);
        });
        transport.on('connectionstatechange', (state) => {
            if (transport === this.current) this.stateChanged(state);
        });
        this.current = transport;
        this.restarts = 0;
        return transport;
    }

    private stateChanged(state: types.ConnectionState): void {
        clearTimeout(this.timer);
        if (state === 'connected') this.restarts = 0;
        else if (state === 'disconnected') this.later(MENDING_TIME);
        else if (state === 'failed') void this.restart();
    }

    private isBroken(): boolean {
        const state = this.current?.connectionState;
        return state === 'disconnected' || state === 'failed';
    }

    private later(delay: number): void {
        clearTimeout(this.timer);
        this.timer = setTimeout(() => {
            if (this.isBroken()) void this.restart();
        }, delay);
    }

    private async restart(): Promise<void> {
        const transport = this.current;
        // Without signalling nothing can be done now; resumed() comes back to it.
        if (!transport || !this.signalling.isConnected) return;
        if (this.restarts++ >= RESTARTS) {
            this.hooks.error(new ParleyError('media/failed', 'The media connection broke and is being built again.'));
            this.giveUp();
            this.tellClosed(transport.id);
            return;
        }
        try {
            const { iceParameters } = await this.signalling.request('restartIce', { transportId: transport.id });
            if (transport !== this.current) return;
            await transport.restartIce({ iceParameters });
            this.later(RESTART_TIME);
        } catch (cause) {
            if (transport !== this.current) return;
            const error = asParleyError(cause, 'media/failed');
            if (error.code.startsWith('signalling/') || error.code === 'state/closed') return;
            this.giveUp();
            this.tellClosed(transport.id);
        }
    }

    /** Frees it on the server, which would otherwise wait for its client. One that is gone there already is no error. */
    private tellClosed(transportId: string): void {
        this.signalling.request('closeTransport', { transportId }).catch(() => {});
    }

    private giveUp(): void {
        this.discard();
        if (!this.closed) this.hooks.lost();
    }

    private discard(): void {
        clearTimeout(this.timer);
        const transport = this.current;
        this.current = undefined;
        this.opening = undefined;
        transport?.close();
    }
}
