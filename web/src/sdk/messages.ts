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

export interface Participant {
    readonly id: string;
    readonly name: string;
    readonly producers: readonly ProducerInfo[];
}

export interface ChatMessage {
    /** Counts from 1 in each room, without gaps. */
    readonly seq: number;
    /** The UUID that the sender made. */
    readonly id: string;
    readonly participantId: string;
    readonly name: string;
    readonly text: string;
    /** Milliseconds since the epoch, by the server's clock. */
    readonly time: number;
}

/** The room as the server sees it at one moment; the participants are the others, not oneself. */
export interface RoomSnapshot {
    readonly participantId: string;
    readonly sessionToken: string;
    readonly routerRtpCapabilities: types.RtpCapabilities;
    readonly participants: readonly Participant[];
    readonly chat: readonly ChatMessage[];
    /** How long the server keeps the seat of someone whose connection was lost, in seconds. */
    readonly graceSeconds: number;
}

/** The snapshot after a resume, with the ids of one's own things that are still alive on the server. */
export interface ResumeSnapshot extends RoomSnapshot {
    readonly transports: readonly string[];
    readonly producers: readonly string[];
    readonly consumers: readonly string[];
}

export interface TransportInfo {
    readonly id: string;
    readonly iceParameters: types.IceParameters;
    readonly iceCandidates: types.IceCandidate[];
    readonly dtlsParameters: types.DtlsParameters;
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

/** Each request: what is sent and what a success carries beside `ok`. */
export interface Requests {
    createRoom: { send: Empty; receive: { roomId: string; link: string; code: string } };
    join: { send: { roomId: string; code: string; name: string }; receive: RoomSnapshot };
    resume: { send: { roomId: string; participantId: string; sessionToken: string }; receive: ResumeSnapshot };
    leave: { send: Empty; receive: Empty };
    createTransport: {
        send: { direction: 'send' | 'recv'; rtpCapabilities?: types.RtpCapabilities };
        receive: TransportInfo;
    };
    connectTransport: { send: { transportId: string; dtlsParameters: types.DtlsParameters }; receive: Empty };
    restartIce: { send: { transportId: string }; receive: { iceParameters: types.IceParameters } };
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
    chat: { send: { id: string; text: string }; receive: { seq: number; time: number } };
}

export type RequestName = keyof Requests;

/** What the acknowledgement of a request carries. */
export type Answer<N extends RequestName> =
    | ({ ok: true } & Requests[N]['receive'])
    | { ok: false; code: string; message: string };

export type LeftReason = 'left' | 'connection-lost' | 'closed';

/** Each push: its one argument. */
export interface Pushes {
    participantJoined: { participant: Participant };
    participantLeft: { participantId: string; reason: LeftReason };
    newProducer: { participantId: string; producer: ProducerInfo };
    producerPaused: { participantId: string; producerId: string };
    producerResumed: { participantId: string; producerId: string };
    producerClosed: { participantId: string; producerId: string };
    transportClosed: { transportId: string; reason: string };
    chatMessage: ChatMessage;
    activeSpeaker: { participantId: string | null };
    /** Levels in dBov, −127 (silence) to 0 (full scale). */
    audioLevels: { levels: readonly { participantId: string; level: number }[] };
    roomClosed: { reason: string };
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
    'chatMessage',
    'activeSpeaker',
    'audioLevels',
    'roomClosed',
] as const satisfies readonly PushName[];
