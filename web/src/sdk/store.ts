import type { ChatMessage, Participant, ProducerInfo, Role, RoomSettings, WaitingPerson } from './messages';
import type {
    CloseReason,
    ConnectionView,
    LocalView,
    MeetingSnapshot,
    MeetingState,
    ParticipantView,
    ReactionView,
    RemoteTrackView,
    SelfView,
} from './state';

/** A voice at least this loud counts as speaking; dBov. */
export const SPEAKING_LEVEL = -50;
export const SILENCE = -127;

/** Holds the snapshot and replaces it at each change; parts that did not change stay the same objects. */
export class MeetingStore {
    private readonly listeners = new Set<() => void>();
    private snapshot: MeetingSnapshot = {
        state: 'connected',
        connection: { media: 'none' },
        self: { id: '', name: '', role: 'guest' },
        room: { lobby: false, locked: false },
        participants: [],
        chat: [],
        hands: [],
        reactions: [],
        waiting: [],
        fileLimit: 0,
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

    setSelf(change: Partial<SelfView>): void {
        const self = { ...this.snapshot.self, ...change };
        if (!same(self, this.snapshot.self)) this.put({ self: handed(self, this.snapshot.hands) });
    }

    setConnection(connection: ConnectionView): boolean {
        if (same(this.snapshot.connection, connection)) return false;
        this.put({ connection });
        return true;
    }

    setRoom(room: RoomSettings): boolean {
        if (same(room, this.snapshot.room)) return false;
        this.put({ room });
        return true;
    }

    setWaiting(waiting: readonly WaitingPerson[]): boolean {
        if (same(waiting, this.snapshot.waiting)) return false;
        this.put({ waiting });
        return true;
    }

    setFileLimit(fileLimit: number): void {
        if (fileLimit !== this.snapshot.fileLimit) this.put({ fileLimit });
    }

    setHands(hands: readonly string[]): boolean {
        if (same(hands, this.snapshot.hands)) return false;
        const participants = this.snapshot.participants.map((participant) => handed(participant, hands));
        this.put({ hands, participants, self: handed(this.snapshot.self, hands) });
        return true;
    }

    addReaction(reaction: ReactionView): void {
        this.put({ reactions: [...this.snapshot.reactions, reaction] });
    }

    removeReaction(id: number): void {
        const reactions = this.snapshot.reactions.filter((reaction) => reaction.id !== id);
        if (reactions.length < this.snapshot.reactions.length) this.put({ reactions });
    }

    setLocal(change: Partial<LocalView>): void {
        this.put({ local: { ...this.snapshot.local, ...change } });
    }

    setActiveSpeaker(activeSpeakerId: string | undefined): void {
        if (this.snapshot.activeSpeakerId !== activeSpeakerId) this.put({ activeSpeakerId });
    }

    addParticipant({ id, name, role, connected, producers }: Participant): void {
        const tracks = producers.map(trackOf);
        const silent = { speaking: false, audioLevel: SILENCE, micMuted: true, cameraOff: true };
        const view = handed(derived({ id, name, role, connected, tracks, ...silent }), this.snapshot.hands);
        this.put({ participants: [...this.snapshot.participants, view] });
    }

    /** Whether that was a change. */
    changeParticipant(id: string, change: { readonly role?: Role; readonly connected?: boolean }): boolean {
        const known = this.participant(id);
        if (!known) return false;
        const { role = known.role, connected = known.connected } = change;
        if (role === known.role && connected === known.connected) return false;
        const participants = this.snapshot.participants.map((each) => (each === known ? { ...each, role, connected } : each));
        this.put({ participants });
        return true;
    }

    removeParticipant(id: string): void {
        this.put({ participants: this.snapshot.participants.filter((participant) => participant.id !== id) });
    }

    /** The meeting is over: nobody is there any more. */
    clear(): void {
        this.put({ participants: [], hands: [], reactions: [], waiting: [], self: handed(this.snapshot.self, []) });
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

/** The view with its place in the order of raised hands; the same object where nothing changes. */
function handed<T extends { readonly id: string; readonly hand?: number }>(view: T, hands: readonly string[]): T {
    const place = hands.indexOf(view.id) + 1;
    if ((view.hand ?? 0) === place) return view;
    const { hand: _hand, ...rest } = view;
    return (place === 0 ? rest : { ...rest, hand: place }) as T;
}

/** For small values that came as JSON. */
function same(a: unknown, b: unknown): boolean {
    return JSON.stringify(a) === JSON.stringify(b);
}
