import type { LeftReason, Participant, ProducerInfo, RoomSnapshot } from './messages';
import type { MeetingEvents } from './events';
import type { Receptions } from './receptions';
import type { ParticipantView } from './state';
import type { MeetingStore } from './store';

/** Levels older than this are silence; milliseconds. */
const LEVELS_LAST = 1_500;

export type Emit = <N extends keyof MeetingEvents>(name: N, event: MeetingEvents[N]) => void;

/** The others: who is there and which of their streams there are. Keeps the snapshot and the receptions in step with the server. */
export class Roster {
    private silenceTimer: ReturnType<typeof setTimeout> | undefined;

    constructor(
        private readonly store: MeetingStore,
        private readonly receptions: Receptions,
        private readonly emit: Emit,
    ) {}

    /** Makes the view equal to the server's, with an event for each difference. */
    applyRoom({ participants }: RoomSnapshot): void {
        const present = new Map(participants.map((participant) => [participant.id, participant]));
        for (const { id } of this.store.get().participants) {
            if (!present.has(id)) this.left(id, 'left');
        }
        for (const participant of participants) {
            const known = this.store.participant(participant.id);
            if (!known) {
                this.joined(participant);
                continue;
            }
            this.store.changeParticipant(participant.id, { connected: participant.connected });
            this.role(participant.id, participant.role);
            this.applyProducers(known, participant.producers);
        }
    }

    joined(participant: Participant): void {
        if (participant.id === this.store.get().self.id || this.store.participant(participant.id)) return;
        this.store.addParticipant({ ...participant, producers: [] });
        this.emit('participantJoined', { participant: this.store.participant(participant.id)! });
        for (const producer of participant.producers) this.producerAdded(participant.id, producer);
    }

    left(id: string, reason: LeftReason): void {
        const participant = this.store.participant(id);
        if (!participant) return;
        for (const track of participant.tracks) this.producerClosed(id, track.id);
        this.store.removeParticipant(id);
        this.emit('participantLeft', { participant, reason });
    }

    role(participantId: string, role: Participant['role'], by?: string): void {
        const { self } = this.store.get();
        const changed =
            participantId === self.id ? self.role !== role : this.store.changeParticipant(participantId, { role });
        if (!changed) return;
        if (participantId === self.id) this.store.setSelf({ role });
        this.emit('roleChanged', { participantId, role, ...(by === undefined ? {} : { by }) });
    }

    connection(participantId: string, connected: boolean): void {
        this.store.changeParticipant(participantId, { connected });
    }

    producerAdded(participantId: string, producer: ProducerInfo): void {
        const participant = this.store.participant(participantId);
        if (!participant || participant.tracks.some((track) => track.id === producer.id)) return;
        this.store.addTrack(participantId, producer);
        const isScreen = producer.source === 'screen' || producer.source === 'screenAudio';
        this.receptions.want(producer.id, isScreen ? `${participantId}-screen` : participantId);
    }

    producerPaused(participantId: string, producerId: string, paused: boolean): void {
        const track = this.store.participant(participantId)?.tracks.find(({ id }) => id === producerId);
        if (track && track.paused !== paused) this.store.changeTrack(participantId, producerId, { paused });
    }

    producerClosed(participantId: string, producerId: string): void {
        this.receptions.drop(producerId);
        this.store.removeTrack(participantId, producerId);
    }

    trackChanged(producerId: string, media: MediaStreamTrack | undefined): void {
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

    levels(levels: readonly { participantId: string; level: number }[]): void {
        const selfId = this.store.get().self.id;
        this.store.setLevels(new Map(levels.map(({ participantId, level }) => [participantId, level])), selfId);
        clearTimeout(this.silenceTimer);
        if (levels.length > 0) this.silenceTimer = setTimeout(() => this.store.setLevels(new Map(), selfId), LEVELS_LAST);
    }

    close(): void {
        clearTimeout(this.silenceTimer);
    }

    private applyProducers(known: ParticipantView, producers: readonly ProducerInfo[]): void {
        const present = new Set(producers.map((producer) => producer.id));
        for (const track of known.tracks) if (!present.has(track.id)) this.producerClosed(known.id, track.id);
        for (const producer of producers) {
            this.producerAdded(known.id, producer);
            this.producerPaused(known.id, producer.id, producer.paused);
        }
    }
}
