/**
 * The signalling messages, field by field as docs/signalling.md has them. Requests are Socket.IO events with one object and an
 * acknowledgement; pushes are events with one object.
 */
import type { types } from 'mediasoup-client';

export type MediaKind = 'audio' | 'video';
export type Source = 'microphone' | 'camera' | 'screen' | 'screenAudio';

export interface ProducerInfo {
    readonly id: string;
    readonly kind: MediaKind;
    readonly source: Source;
    readonly paused: boolean;
}

/** A host may do what {@link HostRequests} lists; a room may have several hosts, or none. */
export type Role = 'host' | 'guest';

export interface Participant {
    readonly id: string;
    readonly name: string;
    readonly role: Role;
    /** False while the signalling connection is lost and the seat is kept; media may flow on. */
    readonly connected: boolean;
    readonly producers: readonly ProducerInfo[];
}

/** What hosts may switch. */
export interface RoomSettings {
    /** Those who join wait until a host lets them in. */
    readonly lobby: boolean;
    /** Nobody new comes in. */
    readonly locked: boolean;
}

/** Somebody who waits in the lobby. */
export interface WaitingPerson {
    readonly id: string;
    readonly name: string;
    /** Since when, in milliseconds since the epoch, by the server's clock. */
    readonly since: number;
}

/** A file that was sent to the chat. */
export interface ChatFile {
    readonly id: string;
    readonly name: string;
    /** Bytes. */
    readonly size: number;
    /** MIME type as the sender's browser gave it; not to be trusted. */
    readonly type: string;
    /** Where it can be fetched as long as the room lasts: a path on the server that nobody can guess. */
    readonly url: string;
}

/** What this server lets participants send as files. */
export interface FileRules {
    /** Bytes of one file at most; 0: no files at all. */
    readonly limit: number;
    /** The secret that `POST /files` wants; empty where no files may be sent. */
    readonly token: string;
}

export interface ChatMessage {
    /** Grows from message to message; gaps mean nothing. */
    readonly seq: number;
    /** The UUID that the sender made. */
    readonly id: string;
    readonly participantId: string;
    readonly name: string;
    /** Empty only where there is a file. */
    readonly text: string;
    /** Milliseconds since the epoch, by the server's clock. */
    readonly time: number;
    /** The one participant whom it was sent to; missing: everybody. Only these two ever see it. */
    readonly to?: string;
    /** The recipient's name then; given with `to`. */
    readonly toName?: string;
    readonly file?: ChatFile;
}

/** The room as the server sees it at one moment; the participants are the others, not oneself. */
export interface RoomSnapshot {
    readonly participantId: string;
    readonly sessionToken: string;
    readonly role: Role;
    readonly room: RoomSettings;
    /** Those in the lobby, longest first; always empty for guests. */
    readonly waiting: readonly WaitingPerson[];
    /** Participants with a raised hand, oneself included, the first to raise it first. */
    readonly hands: readonly string[];
    readonly files: FileRules;
    readonly routerRtpCapabilities: types.RtpCapabilities;
    readonly participants: readonly Participant[];
    readonly chat: readonly ChatMessage[];
    /** How long the server keeps the seat of someone whose connection was lost and whose media has ended, in seconds. */
    readonly graceSeconds: number;
}

/** The snapshot after a resume, with the ids of one's own things that are still alive on the server. */
export interface ResumeSnapshot extends RoomSnapshot {
    readonly transports: readonly string[];
    readonly producers: readonly string[];
    readonly consumers: readonly string[];
    /** One's producers that a host paused and that were not resumed since. */
    readonly pausedByHost: readonly string[];
}

export interface TransportInfo {
    readonly id: string;
    readonly iceParameters: types.IceParameters;
    readonly iceCandidates: types.IceCandidate[];
    readonly dtlsParameters: types.DtlsParameters;
    /** Relays, where this server has any, with credentials for a limited time. */
    readonly iceServers: RTCIceServer[];
}

export interface ConsumerInfo {
    readonly consumerId: string;
    readonly producerId: string;
    readonly kind: MediaKind;
    readonly rtpParameters: types.RtpParameters;
    readonly type: string;
    readonly producerPaused: boolean;
}

type Empty = Record<string, never>;

export interface Waiting {
    readonly waiting: true;
}

/** Each request: what is sent and what a success carries beside `ok`. */
export interface Requests extends HostRequests {
    createRoom: {
        send: Empty;
        receive: { roomId: string; link: string; code: string; hostToken: string; hostLink: string };
    };
    join: {
        send: { roomId: string; code?: string; name: string; hostToken?: string };
        /** In a room with a lobby one waits first: `admitted` or `denied` follows as a push. */
        receive: RoomSnapshot | Waiting;
    };
    resume: {
        /** `fresh`: the page was loaded anew; the media of the old one is closed, and the session token changes. */
        send: { roomId: string; participantId: string; sessionToken: string; fresh?: boolean };
        receive: ResumeSnapshot;
    };
    leave: { send: Empty; receive: Empty };
    /** The page is being closed or loaded again. */
    goAway: { send: Empty; receive: Empty };
    createTransport: {
        send: { direction: 'send' | 'recv'; rtpCapabilities?: types.RtpCapabilities };
        receive: TransportInfo;
    };
    connectTransport: { send: { transportId: string; dtlsParameters: types.DtlsParameters }; receive: Empty };
    closeTransport: { send: { transportId: string }; receive: Empty };
    restartIce: {
        send: { transportId: string };
        receive: { iceParameters: types.IceParameters; iceServers?: RTCIceServer[] };
    };
    /** A transport to try the way to the server with, for which no seat is needed; closed by itself after 20 s. */
    openProbe: { send: Empty; receive: TransportInfo };
    connectProbe: { send: { transportId: string; dtlsParameters: types.DtlsParameters }; receive: Empty };
    closeProbe: { send: { transportId: string }; receive: Empty };
    produce: {
        send: {
            transportId: string;
            kind: MediaKind;
            rtpParameters: types.RtpParameters;
            source: Source;
            paused?: boolean;
        };
        receive: { producerId: string };
    };
    pauseProducer: { send: { producerId: string }; receive: Empty };
    resumeProducer: { send: { producerId: string }; receive: Empty };
    closeProducer: { send: { producerId: string }; receive: Empty };
    consume: { send: { transportId: string; producerId: string }; receive: ConsumerInfo };
    resumeConsumer: { send: { consumerId: string }; receive: Empty };
    pauseConsumer: { send: { consumerId: string }; receive: Empty };
    closeConsumer: { send: { consumerId: string }; receive: Empty };
    requestKeyFrame: { send: { consumerId: string }; receive: Empty };
    getStats: {
        send: { transportId?: string; producerId?: string; consumerId?: string };
        receive: { stats: Record<string, unknown>[] };
    };
    chat: {
        send: { id: string; text: string; to?: string; fileId?: string };
        receive: { seq: number; time: number; toName?: string; file?: ChatFile };
    };
    react: { send: { emoji: string }; receive: Empty };
    raiseHand: { send: { raised: boolean }; receive: Empty };
}

/** What only hosts may ask for; others get `state/not-host`. */
export interface HostRequests {
    configureRoom: { send: { lobby?: boolean; locked?: boolean }; receive: Empty };
    /** Without an id: all who wait. */
    admit: { send: { waitingId?: string }; receive: Empty };
    deny: { send: { waitingId?: string }; receive: Empty };
    setRole: { send: { participantId: string; role: Role }; receive: Empty };
    /** Pauses what that participant sends of the source, `microphone` if none is given; who it is may unmute again. */
    mute: { send: { participantId: string; source?: Source }; receive: Empty };
    /** Everybody's microphone but those of hosts. */
    muteAll: { send: Empty; receive: Empty };
    askToUnmute: { send: { participantId: string; source?: 'microphone' | 'camera' }; receive: Empty };
    /** Closes the shared screens of that participant, with their sound. */
    stopShare: { send: { participantId: string }; receive: Empty };
    /** Without an id: all hands. */
    lowerHand: { send: { participantId?: string }; receive: Empty };
    /** `block`: who joins from the same network address later waits in the lobby for a host. */
    remove: { send: { participantId: string; block?: boolean }; receive: Empty };
    endRoom: { send: Empty; receive: Empty };
}

export type RequestName = keyof Requests;

/** What the acknowledgement of a request carries. */
export type Answer<N extends RequestName> =
    | ({ ok: true } & Requests[N]['receive'])
    | { ok: false; code: string; message: string };

export type LeftReason = 'left' | 'connection-lost' | 'removed' | 'closed';

/** Each push: its one argument. */
export interface Pushes {
    participantJoined: { participant: Participant };
    participantLeft: { participantId: string; reason: LeftReason };
    newProducer: { participantId: string; producer: ProducerInfo };
    producerPaused: { participantId: string; producerId: string };
    producerResumed: { participantId: string; producerId: string };
    producerClosed: { participantId: string; producerId: string };
    transportClosed: { transportId: string; reason: string };
    /** New credentials before the old ones end. */
    iceServers: { iceServers: RTCIceServer[] };
    chatMessage: ChatMessage;
    activeSpeaker: { participantId: string | null };
    /** Levels in dBov, −127 (silence) to 0 (full scale). */
    audioLevels: { levels: readonly { participantId: string; level: number }[] };
    /** `ended`: a host ended it for everybody. */
    roomClosed: { reason: string };
    /** The server goes down and will come back: the seat is kept. */
    serverClosing: Empty;

    /** To somebody in the lobby: in. The snapshot is that of `join`. */
    admitted: RoomSnapshot;
    /** To somebody in the lobby: not let in. */
    denied: { code: string; message: string };
    /** To hosts: everybody who waits now. */
    waitingChanged: { waiting: readonly WaitingPerson[] };

    /** `by` is the participant who did it, missing where a host link did. Also about oneself. */
    roleChanged: { participantId: string; role: Role; by?: string };
    roomChanged: { room: RoomSettings; by?: string };
    connectionChanged: { participantId: string; connected: boolean };
    /** All raised hands in order, one's own included. */
    handsChanged: { hands: readonly string[] };
    reaction: { participantId: string; emoji: string };

    /** A host paused one's own producer. */
    ownProducerPaused: { producerId: string; source: Source; by: string };
    /** A host closed one's own producer. */
    ownProducerClosed: { producerId: string; source: Source; by: string };
    askedToUnmute: { source: 'microphone' | 'camera'; by: string };
    /** A host took one out of the room. */
    removed: { by: string };
    /** Another page took one's seat. */
    replaced: Empty;
}

export type PushName = keyof Pushes;

export const PUSH_NAMES = [
    'participantJoined',
    'participantLeft',
    'newProducer',
    'producerPaused',
    'producerResumed',
    'producerClosed',
    'transportClosed',
    'iceServers',
    'chatMessage',
    'activeSpeaker',
    'audioLevels',
    'roomClosed',
    'serverClosing',
    'admitted',
    'denied',
    'waitingChanged',
    'roleChanged',
    'roomChanged',
    'connectionChanged',
    'handsChanged',
    'reaction',
    'ownProducerPaused',
    'ownProducerClosed',
    'askedToUnmute',
    'removed',
    'replaced',
] as const satisfies readonly PushName[];
