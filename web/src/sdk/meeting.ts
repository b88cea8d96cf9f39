import type { types } from 'mediasoup-client';
import { Chat, type ChatOptions, type FileOptions } from './chat';
import { Emitter } from './emitter';
import { asParleyError, ParleyError } from './errors';
import type { MeetingEvents } from './events';
import { HostPowers } from './host';
import { MediaConnection } from './mediaConnection';
import type { ChatMessage, ResumeSnapshot, RoomSnapshot, Source } from './messages';
import { Publications } from './publications';
import { type Emit, Roster } from './roster';
import { Receptions } from './receptions';
import { Screens } from './screens';
import { keepSeat, type Seat, takeSeat } from './seat';
import { type ServerStats, serverStats } from './serverStats';
import { Session } from './session';
import type { AnyPush, Signalling } from './signalling';
import type { CloseReason, ConnectionView, LocalTrackView, MeetingSnapshot, MeetingState, SelfView } from './state';
import { MeetingStore } from './store';
import type { Upload } from './upload';

/** What a meeting is made of; see {@link ParleyClient.join}. */
export interface MeetingParts {
    readonly roomId: string;
    readonly name: string;
    readonly code?: string;
    readonly hostToken?: string;
    readonly signalling: Signalling;
    readonly device: types.Device;
    readonly snapshot: RoomSnapshot;
    readonly upload: Upload;
    /** The server's address with a slash at the end; empty where there is none, as in tests. */
    readonly base: string;
    readonly iceTransportPolicy?: RTCIceTransportPolicy;
}

/** How long a reaction stays in the snapshot, milliseconds. */
const REACTION_LASTS = 5_000;

/** One's seat in a room, from {@link ParleyClient.join}. */
export class Meeting extends Emitter<MeetingEvents> {
    readonly roomId: string;
    /** What hosts can do. */
    readonly host: HostPowers;

    private readonly store = new MeetingStore();
    private readonly signalling: Signalling;
    private readonly session: Session;
    private readonly media: MediaConnection;
    private readonly publications: Publications;
    private readonly receptions: Receptions;
    private readonly roster: Roster;
    private readonly screens: Screens;
    private readonly chat: Chat;
    private reactions = 0;
    private readonly pageHidden = (): void => this.keepSeat();
    private readonly pageShown = (): void => void takeSeat(this.roomId);

    /** Use {@link ParleyClient.join}. */
    constructor({ roomId, name, code, hostToken, signalling, device, snapshot, upload, base, iceTransportPolicy }: MeetingParts) {
        super();
        this.roomId = roomId;
        this.signalling = signalling;
        this.host = new HostPowers(signalling);
        const error = (failure: ParleyError): void => this.failed(failure);
        const requireOpen = (): void => this.requireOpen();
        const emit: Emit = (event, body) => this.emit(event, body);
        const mediaHooks = {
            sendLost: () => this.publications.lost(),
            receiveLost: () => this.receptions.lost(),
            changed: (connection: ConnectionView) => this.connectionChanged(connection),
        };
        this.media = new MediaConnection(device, signalling, mediaHooks, iceTransportPolicy);
        this.publications = new Publications(this.media.send, signalling, { error, changed: () => this.localChanged() });
        this.receptions = new Receptions(this.media.receive, signalling, {
            error,
            track: (producerId, track) => this.roster.trackChanged(producerId, track),
        });
        this.roster = new Roster(this.store, this.receptions, emit);
        this.screens = new Screens(this.publications, { error, requireOpen });
        this.chat = new Chat(signalling, this.store, upload, base, {
            requireOpen,
            arrived: (message) => this.emit('chatMessage', message),
        });
        const { participantId, sessionToken } = snapshot;
        const entry = { ...(code === undefined ? {} : { code }), ...(hostToken === undefined ? {} : { hostToken }) };
        this.session = new Session(signalling, { roomId, name, participantId, sessionToken, ...entry }, {
            resumed: (snapshot) => this.resumed(snapshot),
            state: (state) => this.signallingIs(state),
            ended: (reason) => this.end(reason),
            push: (push) => this.handle(push),
        });
        this.applyRoom(snapshot);
        this.session.start();
        globalThis.addEventListener?.('pagehide', this.pageHidden);
        globalThis.addEventListener?.('pageshow', this.pageShown);
    }

    /** Oneself; the same object until something changes. */
    get self(): SelfView {
        return this.store.get().self;
    }

    /** The meeting as it is now; the same object until something changes. */
    readonly getSnapshot = (): MeetingSnapshot => this.store.get();

    /** Calls `listener` after each change; made for React's useSyncExternalStore. Returns the way to stop it. */
    readonly subscribe = (listener: () => void): (() => void) => this.store.subscribe(listener);

    /**
     * Sends the track to everybody, in place of one of the same source that is being sent. The meeting owns the track from here
     * on and stops it when it is replaced, unpublished or the meeting ends. A track that is not enabled starts muted.
     */
    async publish(source: 'microphone' | 'camera', track: MediaStreamTrack): Promise<LocalTrackView> {
        this.requireOpen();
        let publication = this.publications.of(source);
        if (publication) await this.publications.replace(publication, track);
        else publication = await this.publications.add(source, track);
        return publication.snapshot();
    }

    /** Mutes (nothing at all is sent any more) or unmutes. Nothing happens when the source is not being sent. */
    async setPaused(source: 'microphone' | 'camera', paused: boolean): Promise<void> {
        this.requireOpen();
        const publication = this.publications.of(source);
        if (!publication) return;
        try {
            await this.publications.setPaused(publication, paused);
        } catch (cause) {
            // It holds locally, and the server is told after the next resume.
            const error = asParleyError(cause, 'media/failed');
            if (error.code !== 'signalling/disconnected') throw error;
        }
    }

    /** Stops sending, and stops the track: the camera's light goes off. */
    async unpublish(source: 'microphone' | 'camera'): Promise<void> {
        const publication = this.publications.of(source);
        if (publication) await this.publications.end(publication);
    }

    /**
     * Asks the person for a screen and sends it, with its sound if the browser gives it. May be called several times for
     * several screens. Must be called from a click or key press.
     *
     * @throws DeviceError when no screen was chosen
     */
    async shareScreen(): Promise<LocalTrackView> {
        return (await this.screens.share()).snapshot();
    }

    /** Ends the share of that id, or every share. */
    async stopScreen(id?: string): Promise<void> {
        await this.screens.stop(id);
    }

    /** Resolves when the server has accepted the message; a reconnect in between neither loses nor doubles it. */
    async sendChat(text: string, options: ChatOptions = {}): Promise<ChatMessage> {
        return this.chat.send(text, options);
    }

    /**
     * Sends a file to the chat.
     *
     * @throws ParleyError `file/not-allowed` or `file/too-large` (see the snapshot's `fileLimit`), `limit/reached`, `cancelled`
     */
    async sendFile(file: Blob, options: FileOptions = {}): Promise<ChatMessage> {
        return this.chat.sendFile(file, options);
    }

    /** Shows everybody an emoji for a moment. */
    async react(emoji: string): Promise<void> {
        await this.signalling.request('react', { emoji });
    }

    async raiseHand(raised = true): Promise<void> {
        await this.signalling.request('raiseHand', { raised });
    }

    async leave(): Promise<void> {
        if (this.store.get().state === 'closed') return;
        try {
            await this.signalling.request('leave', {}, { timeout: 1_500 });
        } catch {
            // The server notices by itself that the connection is gone.
        }
        this.end('left');
    }

    /** The browser's own figures of both directions; missing where nothing was sent or received yet. */
    async stats(): Promise<{ send?: RTCStatsReport; recv?: RTCStatsReport }> {
        return this.media.stats();
    }

    /**
     * Lets the server hold back a remote track (`false`), which saves network and decoding for pictures that nobody looks at, or
     * forward it again: a key frame is asked for, so the picture is back within a fraction of a second. Sound is best left alone.
     */
    setReceiving(trackId: string, receiving: boolean): void {
        if (!this.receptions.setReceiving(trackId, receiving)) return;
        for (const { id, tracks } of this.store.get().participants) {
            if (tracks.some((track) => track.id === trackId)) this.store.changeTrack(id, trackId, { receiving });
        }
    }

    /** Receives a remote track anew, with a track of its own, where what arrives cannot be played. */
    receiveAgain(trackId: string): void {
        this.receptions.again(trackId);
    }

    /**
     * What the server measures of a track: how a remote one reaches it from its sender and leaves it towards oneself, or how one
     * of one's own reaches it. Empty where it is not being sent.
     */
    async serverStats(trackId: string): Promise<ServerStats> {
        const consumerId = this.receptions.consumerOf(trackId);
        const producerId = this.publications.list().find(({ id }) => id === trackId)?.producer?.id;
        if (consumerId === undefined && producerId === undefined) return {};
        const { stats } = await this.signalling.request('getStats', consumerId === undefined ? { producerId } : { consumerId });
        return serverStats(stats);
    }

    // ---- the connection

    private resumed(snapshot: ResumeSnapshot): void {
        const { transports, producers, consumers, pausedByHost } = snapshot;
        const alive = new Set(transports);
        this.applyRoom(snapshot);
        // Transports first: what is lost with one is not looked for among the survivors.
        this.media.resumed(alive);
        for (const producerId of pausedByHost) this.pausedByHost(producerId, undefined);
        this.publications.resumed(new Set(producers));
        this.receptions.resumed(new Set(consumers));
    }

    private signallingIs(state: 'connected' | 'reconnecting'): void {
        if (state === 'reconnecting') this.media.interrupted();
        this.setState(state);
    }

    private connectionChanged(connection: ConnectionView): void {
        if (this.store.get().state === 'closed') return;
        if (this.store.setConnection(connection)) this.emit('connectionChanged', { connection });
    }

    /** For the page that is loaded next: a reload takes the seat again, a closed tab gives it up in a few seconds. */
    private keepSeat(): void {
        if (this.store.get().state === 'closed') return;
        const { microphone, camera } = this.store.get().local;
        const was = (view: LocalTrackView | undefined) => view && (view.paused ? 'paused' : 'on');
        const sending: Seat['sending'] = {
            ...(microphone && { microphone: was(microphone)! }),
            ...(camera && { camera: was(camera)! }),
        };
        keepSeat({ ...this.session.seat, sending });
        this.signalling.goAway();
    }

    private end(reason: CloseReason): void {
        if (this.store.get().state === 'closed') return;
        globalThis.removeEventListener?.('pagehide', this.pageHidden);
        globalThis.removeEventListener?.('pageshow', this.pageShown);
        this.roster.close();
        this.signalling.close();
        this.publications.close();
        this.receptions.close();
        this.media.close();
        this.store.clear();
        this.setState('closed', reason);
    }

    private setState(state: MeetingState, closeReason?: CloseReason): void {
        const now = this.store.get().state;
        if (now === state || now === 'closed') return;
        this.store.setState(state, closeReason);
        this.emit('stateChanged', { state, ...(closeReason === undefined ? {} : { closeReason }) });
    }

    private requireOpen(): void {
        if (this.store.get().state === 'closed') throw new ParleyError('state/closed', 'The meeting is over.');
    }

    // ---- the room

    private applyRoom(snapshot: RoomSnapshot): void {
        const { name } = this.session.seat;
        const { role } = this.store.get().self;
        const isNew = this.store.get().self.id === '';
        this.store.setSelf({ id: snapshot.participantId, name });
        if (isNew) this.store.setSelf({ role: snapshot.role });
        else if (role !== snapshot.role) this.roster.role(snapshot.participantId, snapshot.role);
        this.roomChanged(snapshot.room, undefined);
        this.roster.applyRoom(snapshot);
        this.handsChanged(snapshot.hands);
        this.waitingChanged(snapshot.waiting);
        this.chat.applyRoom(snapshot.files, snapshot.chat);
    }

    private handle(push: AnyPush): void {
        if (this.store.get().state === 'closed') return;
        const { roster } = this;
        switch (push.name) {
            case 'participantJoined':
                return roster.joined(push.body.participant);
            case 'participantLeft':
                return roster.left(push.body.participantId, push.body.reason);
            case 'connectionChanged':
                return roster.connection(push.body.participantId, push.body.connected);
            case 'newProducer':
                return roster.producerAdded(push.body.participantId, push.body.producer);
            case 'producerPaused':
                return roster.producerPaused(push.body.participantId, push.body.producerId, true);
            case 'producerResumed':
                return roster.producerPaused(push.body.participantId, push.body.producerId, false);
            case 'producerClosed':
                return roster.producerClosed(push.body.participantId, push.body.producerId);
            case 'audioLevels':
                return roster.levels(push.body.levels);
            case 'roleChanged':
                return roster.role(push.body.participantId, push.body.role, push.body.by);
            case 'activeSpeaker':
                return this.activeSpeaker(push.body.participantId ?? undefined);
            case 'transportClosed':
                return this.media.closedByServer(push.body.transportId);
            case 'iceServers':
                return this.media.useIceServers(push.body.iceServers);
            case 'chatMessage':
                return this.chat.arrived(push.body);
            case 'reaction':
                return this.reacted(push.body.participantId, push.body.emoji);
            case 'handsChanged':
                return this.handsChanged(push.body.hands);
            case 'roomChanged':
                return this.roomChanged(push.body.room, push.body.by);
            case 'waitingChanged':
                return this.waitingChanged(push.body.waiting);
            case 'ownProducerPaused':
                return this.pausedByHost(push.body.producerId, push.body.by);
            case 'ownProducerClosed':
                return this.closedByHost(push.body);
            case 'askedToUnmute':
                return this.emit('askedToUnmute', push.body);
            case 'roomClosed':
                return this.end(push.body.reason === 'ended' ? 'ended' : 'room-closed');
            case 'removed':
                return this.end('removed');
            case 'replaced':
                return this.end('replaced');
            case 'serverClosing': // The connection will drop, and come back.
            case 'admitted':
            case 'denied': // Told to those who are not in yet.
        }
    }

    private activeSpeaker(participantId: string | undefined): void {
        this.store.setActiveSpeaker(participantId);
        this.emit('activeSpeaker', { participantId });
    }

    private roomChanged(room: RoomSnapshot['room'], by: string | undefined): void {
        if (this.store.setRoom(room)) this.emit('roomChanged', { room, ...(by === undefined ? {} : { by }) });
    }

    private handsChanged(hands: readonly string[]): void {
        if (this.store.setHands(hands)) this.emit('handsChanged', { hands });
    }

    private waitingChanged(waiting: RoomSnapshot['waiting']): void {
        if (this.store.setWaiting(waiting)) this.emit('waitingChanged', { waiting });
    }

    private reacted(participantId: string, emoji: string): void {
        const reaction = { id: ++this.reactions, participantId, emoji };
        this.store.addReaction(reaction);
        setTimeout(() => this.store.removeReaction(reaction.id), REACTION_LASTS);
        this.emit('reaction', reaction);
    }

    // ---- one's own

    private pausedByHost(producerId: string, by: string | undefined): void {
        const publication = this.publications.pausedByHost(producerId);
        if (publication && by !== undefined) this.emit('mutedByHost', { source: publication.source, by });
    }

    private closedByHost({ producerId, source, by }: { producerId: string; source: Source; by: string }): void {
        if (this.publications.closedByHost(producerId)) this.emit('stoppedByHost', { source, by });
    }

    private localChanged(): void {
        const { microphone: _microphone, camera: _camera, ...rest } = this.store.get().local;
        const microphone = this.publications.of('microphone')?.snapshot();
        const camera = this.publications.of('camera')?.snapshot();
        const screens = this.screens.list().map((screen) => screen.snapshot());
        this.store.setLocal({ ...rest, microphone, camera, screens });
    }

    private failed(error: ParleyError): void {
        if (this.store.get().state !== 'closed') this.emit('error', error);
    }
}
