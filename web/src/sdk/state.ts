import type { MediaPath } from './mediaPath';
import type { ChatMessage, MediaKind, Role, RoomSettings, Source, WaitingPerson } from './messages';
import type { TransportHealth } from './transportKeeper';

export type MeetingState = 'connected' | 'reconnecting' | 'closed';

/**
 * Why a meeting is over:
 *
 * - `left`: by one's own {@link Meeting.leave} or by closing the page
 * - `ended`: a host ended it for everybody
 * - `removed`: a host took one out
 * - `replaced`: another page took one's seat
 * - `room-closed`: the server closed the room
 * - `session-lost`: the connection was away for longer than the server keeps a seat, and joining again was refused
 */
export type CloseReason = 'left' | 'ended' | 'removed' | 'replaced' | 'room-closed' | 'session-lost';

/** One stream of somebody else. `track` appears as soon as it is being received. */
export interface RemoteTrackView {
    /** The producer's id on the server. */
    readonly id: string;
    readonly source: Source;
    readonly kind: MediaKind;
    readonly track?: MediaStreamTrack;
    /** Paused by its sender: muted, or the camera is off. */
    readonly paused: boolean;
    /** False while the server holds it back at one's own wish; see {@link Meeting.setReceiving}. */
    readonly receiving: boolean;
}

export interface ParticipantView {
    readonly id: string;
    readonly name: string;
    readonly role: Role;
    /** False while this person's signalling connection is lost and the seat is kept; media may flow on. */
    readonly connected: boolean;
    /** Where in the order of raised hands, from 1; missing while the hand is down. */
    readonly hand?: number;
    readonly tracks: readonly RemoteTrackView[];
    readonly speaking: boolean;
    /** dBov, −127 (silence) to 0 (full scale). */
    readonly audioLevel: number;
    /** No microphone, or a paused one. */
    readonly micMuted: boolean;
    /** No camera, or a paused one. */
    readonly cameraOff: boolean;
}

/** One stream of one's own. */
export interface LocalTrackView {
    /** Stable for the life of the publication, also when the connection had to be rebuilt. */
    readonly id: string;
    readonly source: Source;
    readonly kind: MediaKind;
    readonly track: MediaStreamTrack;
    readonly paused: boolean;
}

export interface LocalView {
    readonly microphone?: LocalTrackView;
    readonly camera?: LocalTrackView;
    /** The pictures of the screens being shared; their sound is not listed. */
    readonly screens: readonly LocalTrackView[];
    /** One's own microphone as the server hears it, dBov. */
    readonly audioLevel: number;
    readonly speaking: boolean;
}

/** Oneself. The id is a new one when the seat was lost and taken anew. */
export interface SelfView {
    readonly id: string;
    readonly name: string;
    readonly role: Role;
    /** Where in the order of raised hands, from 1; missing while one's hand is down. */
    readonly hand?: number;
}

/** Somebody reacted a few seconds ago. */
export interface ReactionView {
    /** Unique in this meeting. */
    readonly id: number;
    readonly participantId: string;
    readonly emoji: string;
}

/**
 * How one's own sound and picture travel. `media` is `none` while nothing is sent or received, `connecting` at the beginning, and
 * `recovering` while the connection is broken and being mended by itself.
 */
export interface ConnectionView {
    readonly media: TransportHealth;
    /** The way to the server, once there is one. */
    readonly send?: MediaPath;
    readonly receive?: MediaPath;
}

/** The whole meeting at one moment. Never changed: each change makes a new one that shares the unchanged parts. */
export interface MeetingSnapshot {
    readonly state: MeetingState;
    readonly closeReason?: CloseReason;
    readonly connection: ConnectionView;
    readonly self: SelfView;
    readonly room: RoomSettings;
    /** The others, in order of joining. */
    readonly participants: readonly ParticipantView[];
    /** In the order of `seq`; private messages are among them. */
    readonly chat: readonly ChatMessage[];
    /** Participants with a raised hand, oneself included, the first to raise it first. */
    readonly hands: readonly string[];
    /** The reactions of the last five seconds, oldest first. */
    readonly reactions: readonly ReactionView[];
    /** Those in the lobby, longest first; always empty for guests. */
    readonly waiting: readonly WaitingPerson[];
    /** Bytes that a file in the chat may have; 0: no files. */
    readonly fileLimit: number;
    /** May be one's own id. */
    readonly activeSpeakerId?: string;
    readonly local: LocalView;
}
