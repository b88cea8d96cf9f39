import type { ChatMessage, HostPowers, MeetingSnapshot, ParticipantView, RemoteTrackView, ServerStats } from '../../sdk';
import { Emitter } from '../../sdk/emitter';
import type { MeetingEvents } from '../../sdk';
import type { MeetingHandle } from '../lib/meetingHandle';
import { fakeReports } from './fakeStats';
import { personTrack, screenTrack } from './pictures';

const NAMES = ['Amara Okafor', 'Jonas Weber', 'Mei-Ling Chen', 'Ravi', 'Sofía Hernández', 'Łukasz Nowak', 'Fatima Al-Zahra',
    'Oliver', 'Björn Sigurðsson', 'Priya Raman', 'Théo', 'Kwame Mensah', 'Nadia Petrova', 'Yuki Tanaka', 'Elif Demir', 'Marta', 'Ibrahim Diallo',
    'Charlotte Dubois-Lefèvre', 'Noah', 'Aiyana', 'Santiago Ruiz', 'Ingrid', 'Tariq Aziz', 'Leilani Kealoha', 'Pavel'];

export interface FakeOptions {
    readonly others: number;
    readonly shares: number;
    readonly chat: boolean;
    readonly ownShare: boolean;
    readonly reconnecting: boolean;
    /** Index of who speaks most. */
    readonly speaker?: number;
}

/** A meeting without a server, for looking at the app. */
export class FakeMeeting extends Emitter<MeetingEvents> implements MeetingHandle {
    readonly roomId = '08d8c6ad-ae80-4f33-9dc7-82d0b30f3e7a';
    readonly self = { id: 'self', name: 'Johannes', role: 'host' as const };
    /** Whatever a host asks for is done, and changes nothing. */
    readonly host = new Proxy({}, { get: () => async () => {} }) as HostPowers;
    private snapshot: MeetingSnapshot;
    private camera: MediaStreamTrack | undefined;
    private readonly watchers = new Set<() => void>();

    constructor(options: FakeOptions) {
        super();
        const participants = Array.from({ length: options.others }, (_, index) => person(index, index < options.shares, options.others > 12));
        this.snapshot = {
            state: options.reconnecting ? 'reconnecting' : 'connected',
            self: this.self,
            room: { lobby: false, locked: false },
            participants,
            hands: [],
            reactions: [],
            waiting: [],
            fileLimit: 10_000_000,
            connection: { media: 'connected' },
            chat: options.chat ? conversation() : [],
            local: {
                screens: options.ownShare
                    ? [{ id: 'own', source: 'screen', kind: 'video', track: screenTrack(), paused: false }]
                    : [],
                audioLevel: -127,
                speaking: options.others === 0,
            },
        };
    }

    readonly getSnapshot = () => this.snapshot;
    readonly subscribe = (listener: () => void) => {
        this.watchers.add(listener);
        return () => this.watchers.delete(listener);
    };

    private change(part: Partial<MeetingSnapshot>): void {
        this.snapshot = { ...this.snapshot, ...part };
        this.watchers.forEach((listener) => listener());
    }

    add(): void {
        const participant = person(this.snapshot.participants.length, false, false);
        this.change({ participants: [...this.snapshot.participants, participant] });
        this.emit('participantJoined', { participant });
    }

    /** The last who came leaves. */
    remove(): void {
        this.change({ participants: this.snapshot.participants.slice(0, -1) });
    }

    speak(index: number): void {
        const participants = this.snapshot.participants.map((one, at) => ({ ...one, speaking: at === index && !one.micMuted }));
        this.change({ participants, activeSpeakerId: `p${index}` });
        this.emit('activeSpeaker', { participantId: `p${index}` });
    }

    say(text: string, from: { id: string; name: string } = { id: 'p0', name: NAMES[0] ?? '' }): ChatMessage {
        const seq = (this.snapshot.chat.at(-1)?.seq ?? 0) + 1;
        const message = { seq, id: crypto.randomUUID(), participantId: from.id, name: from.name, text, time: Date.now() };
        this.change({ chat: [...this.snapshot.chat, message] });
        this.emit('chatMessage', message);
        return message;
    }

    async publish(source: 'microphone' | 'camera', track: MediaStreamTrack) {
        if (source === 'camera') {
            this.camera = track;
            const view = { id: source, source, kind: 'video' as const, track, paused: false };
            this.change({ local: { ...this.snapshot.local, camera: view } });
        }
        return { id: source, source, kind: track.kind as 'audio' | 'video', track, paused: false };
    }
    async setPaused() {}
    async unpublish() {}
    async shareScreen() {
        const view = { id: 'own', source: 'screen' as const, kind: 'video' as const, track: screenTrack(), paused: false };
        this.change({ local: { ...this.snapshot.local, screens: [view] } });
        return view;
    }
    async stopScreen() {
        this.change({ local: { ...this.snapshot.local, screens: [] } });
    }
    async sendChat(text: string) {
        return this.say(text, this.self);
    }
    async sendFile() {
        return this.say('a file', this.self);
    }
    async react(emoji: string) {
        const reaction = { id: Date.now(), participantId: this.self.id, emoji };
        this.change({ reactions: [...this.snapshot.reactions, reaction] });
    }
    async raiseHand(raised = true) {
        this.change({ hands: raised ? [this.self.id] : [] });
    }
    async leave() {}
    setReceiving(trackId: string, receiving: boolean) {
        const participants = this.snapshot.participants.map((one) => ({
            ...one,
            tracks: one.tracks.map((track) => (track.id === trackId ? { ...track, receiving } : track)),
        }));
        this.change({ participants });
    }
    async serverStats(trackId: string): Promise<ServerStats> {
        const lossy = this.snapshot.participants.some(({ name, tracks }) => name.startsWith('Ravi') && tracks.some(({ id }) => id === trackId));
        const received = { mimeType: 'video/VP8', packets: 1_000, packetsLost: 0, fractionLost: lossy ? 0.06 : 0, jitter: 0, roundTripTime: 0.03, bitrate: 880_000 };
        return { received };
    }
    receiveAgain() {}
    async stats() {
        return fakeReports(this.snapshot, this.camera);
    }
}

function person(index: number, sharing: boolean, still: boolean): ParticipantView {
    const cameraOff = index % 4 === 2;
    const micMuted = index % 3 === 1;
    const hue = (index * 67 + 190) % 360;
    const tracks: RemoteTrackView[] = [];
    if (!cameraOff) {
        tracks.push({ id: `c${index}`, source: 'camera', kind: 'video', track: personTrack(hue, index === 4, still), paused: false, receiving: true });
    }
    if (sharing) {
        tracks.push({ id: `s${index}`, source: 'screen', kind: 'video', track: screenTrack(), paused: false, receiving: true });
    }
    return { id: `p${index}`, name: NAMES[index % NAMES.length] ?? '', role: 'guest', connected: true, tracks, speaking: index === 0, audioLevel: -30, micMuted,
        cameraOff };
}

function conversation(): ChatMessage[] {
    const start = Date.now() - 9 * 60_000;
    const lines: [from: number, minute: number, text: string][] = [
        [0, 0, 'Good morning everyone!'],
        [0, 0.2, 'I will share the plan in a minute.'],
        [1, 1, 'Morning. Sound is fine here.'],
        [-1, 4, 'Same here 👋'],
        [-1, 4.1, 'Could you put the link to the notes into the chat?\nThen I can add last week’s numbers.'],
        [0, 5, 'https://notes.example.org/plans/2026/quarter-4?section=numbers'],
        [3, 8, '<b>Thanks</b>'],
    ];
    return lines.map(([from, minute, text], index) => ({ seq: index + 1, id: `m${index}`, text, time: start + minute * 60_000,
        participantId: from < 0 ? 'self' : `p${from}`, name: from < 0 ? 'Johannes' : NAMES[from] ?? '' }));
}
