import type { types } from 'mediasoup-client';
import { Emitter } from './emitter';
import { asParleyError, ParleyError } from './errors';
import { MediaLink } from './link';
import type { ChatMessage, LeftReason, Participant, ProducerInfo, ResumeSnapshot, RoomSnapshot } from './messages';
import { type Publication, Publications } from './publications';
import { Receptions } from './receptions';
import { captureScreen } from './screen';
import { type ServerStats, serverStats } from './serverStats';
import type { AnyPush, Signalling } from './signalling';
import type { CloseReason, LocalTrackView, MeetingSnapshot, MeetingState, ParticipantView, RemoteTrackView } from './state';
import { MeetingStore } from './store';

export interface MeetingEvents {
    participantJoined: { participant: ParticipantView };
    participantLeft: { participant: ParticipantView; reason: LeftReason };
    trackAdded: { participant: ParticipantView; track: RemoteTrackView };
    trackRemoved: { participantId: string; track: RemoteTrackView };
    chatMessage: ChatMessage;
    stateChanged: { state: MeetingState; closeReason?: CloseReason };
    activeSpeaker: { participantId: string | undefined };
    /** Something failed that no call of yours can report; the meeting goes on. */
    error: ParleyError;
}

/** What a meeting is made of; see {@link ParleyClient.join}. */
export interface MeetingParts {
    readonly roomId: string;
    readonly name: string;
    readonly signalling: Signalling;
    readonly device: types.Device;
    readonly snapshot: RoomSnapshot;
}

/** Levels older than this are silence; milliseconds. */
const LEVELS_LAST = 1_500;
const RESUME_AGAIN_AFTER = 1_000;

/** One's seat in a room, from {@link ParleyClient.join}. */
export class Meeting extends Emitter<MeetingEvents> {
    readonly roomId: string;
    readonly self: { readonly id: string; readonly name: string };

    private readonly store = new MeetingStore();
    private readonly signalling: Signalling;
    private readonly sendLink: MediaLink;
    private readonly recvLink: MediaLink;
    private readonly publications: Publications;
    private readonly receptions: Receptions;
    /** A share's sound by the id of its picture. */
    private readonly screenSounds = new Map<string, Publication>();
    private sessionToken: string;
    private silenceTimer: ReturnType<typeof setTimeout> | undefined;
    private readonly pageHidden = (): void => this.farewell();

    /** Use {@link ParleyClient.join}. */
    constructor({ roomId, name, signalling, device, snapshot }: MeetingParts) {
        super();
        this.roomId = roomId;
        this.self = { id: snapshot.participantId, name };
        this.sessionToken = snapshot.sessionToken;
        this.signalling = signalling;
        const error = (failure: ParleyError): void => this.failed(failure);
        this.sendLink = new MediaLink('send', device, signalling, { error, lost: () => this.publications.lost() });
        this.recvLink = new MediaLink('recv', device, signalling, { error, lost: () => this.receptions.lost() });
        this.publications = new Publications(this.sendLink, signalling, { error, changed: () => this.localChanged() });
        this.receptions = new Receptions(this.recvLink, signalling, {
            error,
            track: (producerId, track) => this.trackChanged(producerId, track),
        });
        this.applyRoom(snapshot);
        signalling.attach({
            up: () => void this.resume(),
            down: () => this.connectionDropped(),
            push: (push) => this.handle(push),
        });
        globalThis.addEventListener?.('pagehide', this.pageHidden);
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
        if (publication) await this.endPublication(publication);
    }

    /**
     * Asks the person for a screen and sends it, with its sound if the browser gives it. May be called several times for
     * several screens. Must be called from a click or key press.
     *
     * @throws DeviceError when no screen was chosen
     */
    async shareScreen(): Promise<LocalTrackView> {
        this.requireOpen();
        const { video, audio } = await captureScreen();
        let picture: Publication;
        try {
            this.requireOpen();
            picture = await this.publications.add('screen', video);
        } catch (error) {
            video.stop();
            audio?.stop();
            throw error;
        }
        // The browser's own "stop sharing" ends the picture; the sound may not go on without it.
        video.addEventListener('ended', () => void this.stopScreen(picture.id).catch(() => {}));
        if (audio) {
            try {
                this.screenSounds.set(picture.id, await this.publications.add('screenAudio', audio));
                if (picture.removed) await this.stopScreen(picture.id);
            } catch (cause) {
                this.failed(asParleyError(cause, 'media/failed')); // The picture goes on without sound.
            }
        }
        return picture.snapshot();
    }

    /** Ends the share of that id, or every share. */
    async stopScreen(id?: string): Promise<void> {
        const ids = id === undefined ? this.screens().map((screen) => screen.id) : [id];
        for (const each of ids) {
            const sound = this.screenSounds.get(each);
            this.screenSounds.delete(each);
            const picture = this.screens().find((screen) => screen.id === each);
            await Promise.all([picture, sound].map((part) => part && this.endPublication(part)));
        }
    }

    /** Resolves when the server has accepted the message; a reconnect in between neither loses nor doubles it. */
    async sendChat(text: string): Promise<ChatMessage> {
        const id = crypto.randomUUID();
        for (;;) {
            this.requireOpen();
            try {
                const { seq, time } = await this.signalling.request('chat', { id, text });
                const message = { seq, id, participantId: this.self.id, name: this.self.name, text, time };
                this.chatArrived(message);
                return this.store.get().chat.find((known) => known.id === id) ?? message;
            } catch (error) {
                const { code } = asParleyError(error, 'server/internal');
                if (code !== 'signalling/disconnected' && code !== 'signalling/timeout') throw error;
            }
        }
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
        const [send, recv] = await Promise.all([this.sendLink.stats(), this.recvLink.stats()]);
        return { ...(send && { send }), ...(recv && { recv }) };
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

    private connectionDropped(): void {
        this.setState('reconnecting');
    }

    private async resume(): Promise<void> {
        const { roomId, self, sessionToken } = this;
        try {
            await this.signalling.request(
                'resume',
                { roomId, participantId: self.id, sessionToken },
                { apply: (snapshot) => this.resumed(snapshot) },
            );
        } catch (cause) {
            if (this.store.get().state === 'closed') return;
            const { code } = asParleyError(cause, 'server/internal');
            if (code === 'signalling/disconnected' || !this.signalling.isConnected) return; // The next connection tries again.
            if (code === 'session/unknown' || code === 'room/refused' || code === 'not-found') this.end('session-lost');
            else setTimeout(() => this.resumeAgain(), RESUME_AGAIN_AFTER);
        }
    }

    private resumeAgain(): void {
        if (this.signalling.isConnected && this.store.get().state === 'reconnecting') void this.resume();
    }

    private resumed(snapshot: ResumeSnapshot): void {
        const { transports, producers, consumers, sessionToken } = snapshot;
        this.sessionToken = sessionToken;
        this.signalling.open();
        const alive = new Set(transports);
        this.applyRoom(snapshot);
        // Links first: what is lost with its transport is not looked for among the survivors.
        this.sendLink.resumed(alive);
        this.recvLink.resumed(alive);
        this.publications.resumed(new Set(producers));
        this.receptions.resumed(new Set(consumers));
        this.setState('connected');
    }

    private farewell(): void {
        if (this.store.get().state === 'closed') return;
        this.signalling.farewell();
        this.end('left');
    }

    private end(reason: CloseReason): void {
        if (this.store.get().state === 'closed') return;
        globalThis.removeEventListener?.('pagehide', this.pageHidden);
        clearTimeout(this.silenceTimer);
        this.signalling.close();
        this.publications.close();
        this.receptions.close();
        this.sendLink.close();
        this.recvLink.close();
        this.store.clearParticipants();
        this.setState('closed', reason);
    }

    private setState(state: MeetingState, closeReason?: CloseReason): void {
        if (this.store.get().state === state) return;
        this.store.setState(state, closeReason);
        this.emit('stateChanged', { state, ...(closeReason === undefined ? {} : { closeReason }) });
    }

    private requireOpen(): void {
        if (this.store.get().state === 'closed') throw new ParleyError('state/closed', 'The meeting is over.');
    }

    // ---- the room

    /** Makes the view equal to the server's, with an event for each difference. */
    private applyRoom({ participants, chat }: RoomSnapshot): void {
        const present = new Map(participants.map((participant) => [participant.id, participant]));
        for (const { id } of this.store.get().participants) {
            if (!present.has(id)) this.participantLeft(id, 'left');
        }
        for (const participant of participants) {
            const known = this.store.participant(participant.id);
            if (known) this.applyProducers(known, participant.producers);
            else this.participantJoined(participant);
        }
        for (const message of chat) this.chatArrived(message);
    }

    private applyProducers(known: ParticipantView, producers: readonly ProducerInfo[]): void {
        const present = new Set(producers.map((producer) => producer.id));
        for (const track of known.tracks) if (!present.has(track.id)) this.producerClosed(known.id, track.id);
        for (const producer of producers) {
            this.producerAdded(known.id, producer);
            this.producerPaused(known.id, producer.id, producer.paused);
        }
    }

    private handle(push: AnyPush): void {
        if (this.store.get().state === 'closed') return;
        switch (push.name) {
            case 'participantJoined':
                return this.participantJoined(push.body.participant);
            case 'participantLeft':
                return this.participantLeft(push.body.participantId, push.body.reason);
            case 'newProducer':
                return this.producerAdded(push.body.participantId, push.body.producer);
            case 'producerPaused':
                return this.producerPaused(push.body.participantId, push.body.producerId, true);
            case 'producerResumed':
                return this.producerPaused(push.body.participantId, push.body.producerId, false);
            case 'producerClosed':
                return this.producerClosed(push.body.participantId, push.body.producerId);
            case 'transportClosed':
                return this.transportClosed(push.body.transportId);
            case 'chatMessage':
                return this.chatArrived(push.body);
            case 'activeSpeaker':
                return this.activeSpeaker(push.body.participantId ?? undefined);
            case 'audioLevels':
                return this.audioLevels(push.body.levels);
            case 'roomClosed':
                return this.end('room-closed');
        }
    }

    private participantJoined(participant: Participant): void {
        if (participant.id === this.self.id || this.store.participant(participant.id)) return;
        this.store.addParticipant({ ...participant, producers: [] });
        this.emit('participantJoined', { participant: this.store.participant(participant.id)! });
        for (const producer of participant.producers) this.producerAdded(participant.id, producer);
    }

    private participantLeft(id: string, reason: LeftReason): void {
        const participant = this.store.participant(id);
        if (!participant) return;
        for (const track of participant.tracks) this.producerClosed(id, track.id);
        this.store.removeParticipant(id);
        this.emit('participantLeft', { participant, reason });
    }

    private producerAdded(participantId: string, producer: ProducerInfo): void {
        const participant = this.store.participant(participantId);
        if (!participant || participant.tracks.some((track) => track.id === producer.id)) return;
        this.store.addTrack(participantId, producer);
        const isScreen = producer.source === 'screen' || producer.source === 'screenAudio';
        this.receptions.want(producer.id, isScreen ? `${participantId}-screen` : participantId);
    }

    private producerPaused(participantId: string, producerId: string, paused: boolean): void {
        const track = this.store.participant(participantId)?.tracks.find(({ id }) => id === producerId);
        if (track && track.paused !== paused) this.store.changeTrack(participantId, producerId, { paused });
    }

    private producerClosed(participantId: string, producerId: string): void {
        this.receptions.drop(producerId);
        this.store.removeTrack(participantId, producerId);
    }

    private transportClosed(transportId: string): void {
        for (const link of [this.sendLink, this.recvLink]) if (link.id === transportId) link.closedByServer();
    }

    private trackChanged(producerId: string, media: MediaStreamTrack | undefined): void {
        for (const { id: participantId, tracks } of this.store.get().participants) {
            const before = tracks.find((track) => track.id === producerId);
            if (!before) continue;
            this.store.changeTrack(participantId, producerId, { track: media });
            const participant = this.store.participant(participantId)!;
            const track = participant.tracks.find(({ id }) => id === producerId)!;
            if (media) this.emit('trackAdded', { participant, track });
            else this.emit('trackRemoved', { participantId, track: before });
        }
    }

    private chatArrived(message: ChatMessage): void {
        if (this.store.addChat(message)) this.emit('chatMessage', message);
    }

    private activeSpeaker(participantId: string | undefined): void {
        this.store.setActiveSpeaker(participantId);
        this.emit('activeSpeaker', { participantId });
    }

    private audioLevels(levels: readonly { participantId: string; level: number }[]): void {
        this.store.setLevels(new Map(levels.map(({ participantId, level }) => [participantId, level])), this.self.id);
        clearTimeout(this.silenceTimer);
        if (levels.length > 0) this.silenceTimer = setTimeout(() => this.store.setLevels(new Map(), this.self.id), LEVELS_LAST);
    }

    // ---- one's own

    private screens(): readonly Publication[] {
        return this.publications.list().filter(({ source }) => source === 'screen');
    }

    private async endPublication(publication: Publication): Promise<void> {
        try {
            await this.publications.remove(publication);
        } catch (cause) {
            // Locally it has ended; the server is told after the next resume.
            const error = asParleyError(cause, 'media/failed');
            if (error.code !== 'signalling/disconnected' && error.code !== 'state/closed') throw error;
        }
    }

    private localChanged(): void {
        const { microphone: _microphone, camera: _camera, ...rest } = this.store.get().local;
        const microphone = this.publications.of('microphone')?.snapshot();
        const camera = this.publications.of('camera')?.snapshot();
        const screens = this.screens().map((screen) => screen.snapshot());
        this.store.setLocal({ ...rest, microphone, camera, screens });
    }

    private failed(error: ParleyError): void {
        if (this.store.get().state !== 'closed') this.emit('error', error);
    }
}
