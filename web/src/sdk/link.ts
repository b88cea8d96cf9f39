import type { types } from 'mediasoup-client';
import { readActivePair, type Received, receivedSoFar, renewIceServers, type StatsMap } from './engine';
import { asParleyError, ParleyError } from './errors';
import { isDetour, type MediaPath, pathOf, samePath } from './mediaPath';
import type { Source } from './messages';
import type { Signalling } from './signalling';
import { SilenceWatch } from './silenceWatch';
import { type KeeperEvent, TransportKeeper, type TransportHealth } from './transportKeeper';

export interface LinkHooks {
    /** The transport is gone for good; {@link MediaLink.transport} makes a new one. */
    lost(): void;
    /** {@link MediaLink.health} or {@link MediaLink.path} is another one. */
    changed(): void;
}

/** What a producer carries for the `produce` request. */
export interface ProducerData extends types.AppData {
    source: Source;
}

/** A server that takes longer than this to answer while media is broken is probably not heard any more. */
const RESTART_ANSWER = 2_500;
/** How long the browser's own checks need at least to show that a path lives; they come every 2.5 s. */
const LOOKING = 3_000;
/** The path may still change after the first pair that worked. */
const SETTLED = 2_000;
/** So many times in vain the figures of the pair in use are asked for: there are none at first, and in some browsers never. */
const WITHOUT_FIGURES = 10;

/**
 * One direction of media: a mediasoup transport that is made when it is first needed, because the server frees those that
 * never connect. Does what its {@link TransportKeeper} says: mends it by an ICE restart, or gives it up for a new one.
 */
export class MediaLink {
    private opening: Promise<types.Transport> | undefined;
    private current: types.Transport | undefined;
    private readonly keeper = new TransportKeeper();
    private healthNow: TransportHealth = 'none';
    private pathNow: MediaPath | undefined;
    private timer: ReturnType<typeof setTimeout> | undefined;
    private looking: ReturnType<typeof setTimeout> | undefined;
    private watching: ReturnType<typeof setTimeout> | undefined;
    private iceServers: readonly RTCIceServer[] = [];
    /** The server can be reached by TCP, if need be. */
    private offersTcp = false;
    private closed = false;

    constructor(
        private readonly direction: 'send' | 'recv',
        private readonly device: types.Device,
        private readonly signalling: Signalling,
        private readonly hooks: LinkHooks,
        private readonly iceTransportPolicy: RTCIceTransportPolicy = 'all',
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

    get health(): TransportHealth {
        return this.healthNow;
    }

    get path(): MediaPath | undefined {
        return this.pathNow;
    }

    async stats(): Promise<RTCStatsReport | undefined> {
        const report = await this.current?.getStats();
        if (report) this.seen(report as unknown as StatsMap);
        return report;
    }

    /** The session was taken up again; `alive` are the transports that the server still has. */
    resumed(alive: ReadonlySet<string>): void {
        if (this.current && !alive.has(this.current.id)) this.giveUp();
        this.tell({ kind: 'signalling', up: true });
        this.look();
    }

    /** Nothing can be asked of the server for now. */
    interrupted(): void {
        this.tell({ kind: 'signalling', up: false });
    }

    /** The network has changed. */
    moved(): void {
        this.tell({ kind: 'moved' });
    }

    /** The path may be dead without anybody having noticed: looks whether anything still comes over it. */
    look(): void {
        clearTimeout(this.looking);
        const transport = this.current;
        if (!transport || this.closed) return;
        void this.received().then((before) => {
            if (transport !== this.current || before === undefined) return;
            this.looking = setTimeout(() => {
                void this.received().then((after) => {
                    if (transport !== this.current || after === undefined) return;
                    if (after.count !== before.count) this.tell({ kind: 'alive' });
                    else if (after.complete) this.tell({ kind: 'silent' });
                });
            }, LOOKING);
        });
    }

    /** New servers for the next restart. */
    useIceServers(iceServers: readonly RTCIceServer[]): void {
        this.iceServers = iceServers;
        if (this.current) void renewIceServers(this.current, iceServers);
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
        const { signalling, device, direction, iceTransportPolicy } = this;
        const { iceServers = [], ...info } = await signalling.request(
            'createTransport',
            direction === 'recv' ? { direction, rtpCapabilities: device.recvRtpCapabilities } : { direction },
        );
        if (this.closed) throw new ParleyError('state/closed', 'The meeting is over.');
        const options = { ...info, iceServers, iceTransportPolicy };
        const transport = direction === 'recv' ? device.createRecvTransport(options) : device.createSendTransport(options);
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
            if (transport !== this.current) return;
            this.tell({ kind: 'state', state });
            if (state !== 'connected') return;
            this.readPath();
            this.watch(transport);
        });
        this.iceServers = iceServers;
        this.offersTcp = info.iceCandidates.some(({ protocol }) => protocol === 'tcp');
        this.current = transport;
        this.tell({ kind: 'opened' });
        return transport;
    }

    private tell(event: KeeperEvent): void {
        if (this.closed) return;
        const action = this.keeper.handle(event, Date.now());
        if (action === 'replace') this.replace();
        else if (action !== undefined) void this.restart(action);
        clearTimeout(this.timer);
        const { wakeAt } = this.keeper;
        if (wakeAt !== undefined) this.timer = setTimeout(() => this.tell({ kind: 'time' }), Math.max(0, wakeAt - Date.now()));
        this.changed(this.keeper.health, this.current ? this.pathNow : undefined);
    }

    /** `direct`: without relays, which are there again for the next one. */
    private async restart(how: 'restart' | 'direct'): Promise<void> {
        const transport = this.current;
        if (!transport) return;
        try {
            const { iceParameters, iceServers } = await this.signalling.request('restartIce', { transportId: transport.id }, { timeout: RESTART_ANSWER });
            if (transport !== this.current) return;
            if (iceServers) this.iceServers = iceServers;
            if (how === 'direct') await renewIceServers(transport, []);
            else if (iceServers) await renewIceServers(transport, iceServers);
            try {
                await transport.restartIce({ iceParameters });
            } finally {
                if (how === 'direct') await renewIceServers(transport, this.iceServers);
            }
            if (transport !== this.current) return;
            this.tell({ kind: 'restarted' });
            // A path that the browser never thought dead tells of no change.
            this.readPath();
            if (this.healthNow === 'recovering' && transport.connectionState === 'connected') this.look();
        } catch (cause) {
            if (transport !== this.current) return;
            const { code } = asParleyError(cause, 'media/failed');
            // What broke media may have taken signalling along, which would notice only in a minute.
            if (code === 'signalling/timeout') this.signalling.renew();
            this.tell({ kind: 'refused', gone: !code.startsWith('signalling/') && !PASSING.has(code) });
        }
    }

    private replace(): void {
        const transportId = this.current?.id;
        this.giveUp();
        // Frees it on the server, which would otherwise wait for its client. One that is gone there already is no error.
        if (transportId !== undefined) this.signalling.request('closeTransport', { transportId }).catch(() => {});
    }

    private async received(): Promise<Received | undefined> {
        try {
            const report = (await this.current?.getStats()) as StatsMap | undefined;
            return report && receivedSoFar(report);
        } catch {
            return undefined;
        }
    }

    private readPath(): void {
        const transport = this.current;
        const read = (): Promise<RTCStatsReport | undefined> => this.stats().catch(() => undefined);
        void read();
        setTimeout(() => {
            void read().then((report) => {
                if (transport !== this.current || !report || !this.offersTcp || this.iceTransportPolicy !== 'all') return;
                if (isDetour(report as unknown as StatsMap)) this.tell({ kind: 'detour' });
            });
        }, SETTLED);
    }

    /** Looks, for as long as the browser believes in the path, whether it has fallen silent. */
    private watch(transport: types.Transport): void {
        clearTimeout(this.watching);
        const watch = new SilenceWatch();
        let without = 0;
        const look = async (): Promise<void> => {
            const report = (await transport.getStats().catch(() => undefined)) as StatsMap | undefined;
            const reading = report && readActivePair(report);
            if (transport !== this.current || transport.connectionState !== 'connected') return;
            if (!reading && ++without === WITHOUT_FIGURES) return;
            const news = reading && watch.step(reading, Date.now());
            if (news !== undefined) this.tell({ kind: news });
            clearTimeout(this.watching);
            this.watching = setTimeout(() => void look(), watch.pause(Date.now()));
        };
        void look();
    }

    private seen(report: StatsMap): void {
        if (!this.current || this.closed) return;
        this.changed(this.healthNow, pathOf(report) ?? this.pathNow);
    }

    private changed(health: TransportHealth, path: MediaPath | undefined): void {
        if (health === this.healthNow && samePath(path, this.pathNow)) return;
        this.healthNow = health;
        this.pathNow = path;
        this.hooks.changed();
    }

    private giveUp(): void {
        this.discard();
        this.tell({ kind: 'closed' });
        if (!this.closed) this.hooks.lost();
    }

    private discard(): void {
        clearTimeout(this.timer);
        clearTimeout(this.looking);
        clearTimeout(this.watching);
        const transport = this.current;
        this.current = undefined;
        this.opening = undefined;
        transport?.close();
    }
}

/** Refusals that say nothing about the transport. */
const PASSING: ReadonlySet<string> = new Set(['request/too-many', 'server/closing', 'server/internal', 'state/closed']);
