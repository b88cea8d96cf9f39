import type { types } from 'mediasoup-client';
import { MediaLink } from './link';
import { watchNetwork } from './networkWatch';
import type { Signalling } from './signalling';
import type { ConnectionView } from './state';
import type { TransportHealth } from './transportKeeper';

export interface MediaConnectionHooks {
    /** Everything has to be sent anew, over a new transport. */
    sendLost(): void;
    /** Everything has to be received anew, over a new transport. */
    receiveLost(): void;
    changed(connection: ConnectionView): void;
}

/** What is worse counts. */
const ORDER: readonly TransportHealth[] = ['none', 'connected', 'connecting', 'recovering'];

/** Both directions of one's media, and what concerns them alike: networks that change, signalling that comes and goes, relays. */
export class MediaConnection {
    readonly send: MediaLink;
    readonly receive: MediaLink;
    private readonly links: readonly MediaLink[];
    private readonly stopWatching: () => void;

    constructor(device: types.Device, signalling: Signalling, hooks: MediaConnectionHooks, policy: RTCIceTransportPolicy | undefined) {
        const changed = (): void => hooks.changed(this.view());
        this.send = new MediaLink('send', device, signalling, { lost: () => hooks.sendLost(), changed }, policy);
        this.receive = new MediaLink('recv', device, signalling, { lost: () => hooks.receiveLost(), changed }, policy);
        this.links = [this.send, this.receive];
        this.stopWatching = watchNetwork((news) => this.links.forEach((link) => (news === 'moved' ? link.moved() : link.look())));
    }

    /** The session was taken up again; `alive` are the transports that the server still has. */
    resumed(alive: ReadonlySet<string>): void {
        for (const link of this.links) link.resumed(alive);
    }

    /** Signalling is away. */
    interrupted(): void {
        for (const link of this.links) link.interrupted();
    }

    useIceServers(iceServers: readonly RTCIceServer[]): void {
        for (const link of this.links) link.useIceServers(iceServers);
    }

    closedByServer(transportId: string): void {
        for (const link of this.links) if (link.id === transportId) link.closedByServer();
    }

    /** The browser's own figures; missing where nothing was sent or received yet. */
    async stats(): Promise<{ send?: RTCStatsReport; recv?: RTCStatsReport }> {
        const [send, recv] = await Promise.all([this.send.stats(), this.receive.stats()]);
        return { ...(send && { send }), ...(recv && { recv }) };
    }

    close(): void {
        this.stopWatching();
        for (const link of this.links) link.close();
    }

    private view(): ConnectionView {
        const { send, receive } = this;
        const media = ORDER[Math.max(ORDER.indexOf(send.health), ORDER.indexOf(receive.health))]!;
        return { media, ...(send.path && { send: send.path }), ...(receive.path && { receive: receive.path }) };
    }
}
