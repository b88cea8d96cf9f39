import type { ChatMessage, Participant, ProducerInfo } from './messages';
import type { CloseReason, LocalView, MeetingSnapshot, MeetingState, ParticipantView, RemoteTrackView } from './state';

/** A voice at least this loud counts as speaking; dBov. */
export const SPEAKING_LEVEL = -50;
export const SILENCE = -127;

/** Holds the snapshot and replaces it at each change; parts that did not change stay the same objects. */
export class MeetingStore {
    private readonly listeners = new Set<() => void>();
    private snapshot: MeetingSnapshot = {
        state: 'connected',
        participants: [],
        chat: [],
        local: { screens: [], audioLevel: SILENCE, speaking: false },
    };

    get(): MeetingSnapshot {
        return this.snapshot;
    }

    subscribe(listener: () => void): () => void {
        this.listeners.add(listener);
        return () => this.listeners.delete(listener);
    }

    participant(id: string): ParticipantView | undefined {
        return this.snapshot.participants.find((participant) => participant.id === id);
    }

    setState(state: MeetingState, closeReason?: CloseReason): void {
        this.put({ state, ...(closeReason === undefined ? {} : { closeReason }) });
    }

    setLocal(change: Partial<LocalView>): void {
        this.put({ local: { ...this.snapshot.local, ...change } });
    }

    setActiveSpeaker(activeSpeakerId: string | undefined): void {
        if (this.snapshot.activeSpeakerId !== activeSpeakerId) this.put({ activeSpeakerId });
    }

    addParticipant({ id, name, producers }: Participant): void {
        const tracks = producers.map(trackOf);
        const view = derived({ id, name, tracks, speaking: false, audioLevel: SILENCE, micMuted: true, cameraOff: true });
        this.put({ participants: [...this.snapshot.participants, view] });
    }

    removeParticipant(id: string): void {
        this.put({ participants: this.snapshot.participants.filter((participant) => participant.id !== id) });
    }

    clearParticipants(): void {
        if (this.snapshot.participants.length > 0) this.put({ participants: [] });
    }

    addTrack(participantId: string, producer: ProducerInfo): void {
        this.changeTracks(participantId, (tracks) => [...tracks, trackOf(producer)]);
    }

    removeTrack(participantId: string, trackId: string): void {
        this.changeTracks(participantId, (tracks) => tracks.filter((track) => track.id !== trackId));
    }

    changeTrack(participantId: string, trackId: string, change: Partial<RemoteTrackView>): void {
        this.changeTracks(participantId, (tracks) =>
            tracks.map((track) => (track.id === trackId ? { ...track, ...change } : track)),
        );
    }

    /** Levels in dBov by participant; those not named are silent. `selfId` is one's own. */
    setLevels(levels: ReadonlyMap<string, number>, selfId: string): void {
        let changed = false;
        const participants = this.snapshot.participants.map((participant) => {
            const audioLevel = levels.get(participant.id) ?? SILENCE;
            if (audioLevel === participant.audioLevel) return participant;
            changed = true;
            return derived({ ...participant, audioLevel });
        });
        if (changed) this.put({ participants });
        const audioLevel = levels.get(selfId) ?? SILENCE;
        if (audioLevel !== this.snapshot.local.audioLevel) {
            this.setLocal({ audioLevel, speaking: audioLevel >= SPEAKING_LEVEL });
        }
    }

    /** Whether the message was new. The order is that of `seq`, whatever the order of arrival. */
    addChat(message: ChatMessage): boolean {
        const { chat } = this.snapshot;
        if (chat.some(({ id, seq }) => id === message.id || seq === message.seq)) return false;
        const behind = chat.findLastIndex(({ seq }) => seq < message.seq) + 1;
        this.put({ chat: [...chat.slice(0, behind), message, ...chat.slice(behind)] });
        return true;
    }

    private changeTracks(
        participantId: string,
        change: (tracks: readonly RemoteTrackView[]) => readonly RemoteTrackView[],
    ): void {
        const participants = this.snapshot.participants.map((participant) =>
            participant.id === participantId ? derived({ ...participant, tracks: change(participant.tracks) }) : participant,
        );
        this.put({ participants });
    }

    private put(change: Partial<MeetingSnapshot>): void {
        this.snapshot = { ...this.snapshot, ...change };
        for (const listener of [...this.listeners]) listener();
    }
}

function trackOf({ id, source, kind, paused }: ProducerInfo): RemoteTrackView {
    return { id, source, kind, paused, receiving: true };
}

/** The view with the fields that follow from others set. */
function derived(view: ParticipantView): ParticipantView {
    const running = (source: string): boolean => view.tracks.some((track) => track.source === source && !track.paused);
    const micMuted = !running('microphone');
    return {
        ...view,
        micMuted,
        cameraOff: !running('camera'),
        speaking: !micMuted && view.audioLevel >= SPEAKING_LEVEL,
    };
}
