import { Emitter } from './emitter';
import { ParleyError } from './errors';
import type { ChatMessage, LeftReason } from './messages';
import type { CloseReason, LocalTrackView, MeetingSnapshot, MeetingState, ParticipantView, RemoteTrackView } from './state';

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

/** One's seat in a room, from {@link ParleyClient.join}. */
export abstract class Meeting extends Emitter<MeetingEvents> {
    abstract readonly roomId: string;
    abstract readonly self: { readonly id: string; readonly name: string };

    /** The meeting as it is now; the same object until something changes. */
    abstract getSnapshot: () => MeetingSnapshot;
    /** Calls `listener` after each change; made for React's useSyncExternalStore. Returns the way to stop it. */
    abstract subscribe: (listener: () => void) => () => void;

    /**
     * Sends the track to everybody, in place of one of the same source that is being sent. The meeting owns the track from here
     * on and stops it when it is replaced, unpublished or the meeting ends.
     */
    abstract publish(source: 'microphone' | 'camera', track: MediaStreamTrack): Promise<LocalTrackView>;
    /** Mutes (nothing at all is sent any more) or unmutes. */
    abstract setPaused(source: 'microphone' | 'camera', paused: boolean): Promise<void>;
    abstract unpublish(source: 'microphone' | 'camera'): Promise<void>;

    /** Asks the browser's user for a screen and sends it, with its sound if the browser gives it. Throws DeviceError. */
    abstract shareScreen(): Promise<LocalTrackView>;
    /** Ends the share of that id, or every share. */
    abstract stopScreen(id?: string): Promise<void>;

    /** Resolves when the server has accepted the message; survives a reconnect without sending twice. */
    abstract sendChat(text: string): Promise<ChatMessage>;
    abstract leave(): Promise<void>;
    /** The browser's own figures of both connections. */
    abstract stats(): Promise<{ send?: RTCStatsReport; recv?: RTCStatsReport }>;
}
