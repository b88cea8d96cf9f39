import type { ChatMessage, MediaKind, Source } from './messages';

export type MeetingState = 'connected' | 'reconnecting' | 'closed';

/**
 * Why a meeting is over:
 *
 * - `left`: by one's own {@link Meeting.leave} or by closing the page
 * - `room-closed`: the server ended the room
 * - `session-lost`: the connection was away for longer than the server keeps a seat, or the server restarted
 */
export type CloseReason = 'left' | 'room-closed' | 'session-lost';

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

/** The whole meeting at one moment. Never changed: each change makes a new one that shares the unchanged parts. */
export interface MeetingSnapshot {
    readonly state: MeetingState;
    readonly closeReason?: CloseReason;
    /** The others, in order of joining. */
    readonly participants: readonly ParticipantView[];
    /** In the order of `seq`. */
    readonly chat: readonly ChatMessage[];
    /** May be one's own id. */
    readonly activeSpeakerId?: string;
    readonly local: LocalView;
}
