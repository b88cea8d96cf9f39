import type { ParleyError } from './errors';
import type { ChatMessage, LeftReason, Role, RoomSettings, Source, WaitingPerson } from './messages';
import type { CloseReason, ConnectionView, MeetingState, ParticipantView, ReactionView, RemoteTrackView } from './state';

/** What a meeting tells, beside the snapshot; docs/sdk.md has them in words. `by` is the participant who did it. */
export interface MeetingEvents {
    participantJoined: { participant: ParticipantView };
    participantLeft: { participant: ParticipantView; reason: LeftReason };
    trackAdded: { participant: ParticipantView; track: RemoteTrackView };
    trackRemoved: { participantId: string; track: RemoteTrackView };
    chatMessage: ChatMessage;
    reaction: ReactionView;
    /** All raised hands in order, one's own included. */
    handsChanged: { hands: readonly string[] };
    stateChanged: { state: MeetingState; closeReason?: CloseReason };
    /** One's own media broke, is back, or takes another way. */
    connectionChanged: { connection: ConnectionView };
    activeSpeaker: { participantId: string | undefined };
    /** About oneself too. */
    roleChanged: { participantId: string; role: Role; by?: string };
    roomChanged: { room: RoomSettings; by?: string };
    /** To hosts: somebody came to the lobby or is no longer in it. */
    waitingChanged: { waiting: readonly WaitingPerson[] };
    /** A host muted what one sends of that source. */
    mutedByHost: { source: Source; by: string };
    /** A host ended one's share; what is told is its picture's or its sound's source. */
    stoppedByHost: { source: Source; by: string };
    askedToUnmute: { source: 'microphone' | 'camera'; by: string };
    /** Something failed that no call of yours can report; the meeting goes on. */
    error: ParleyError;
}
