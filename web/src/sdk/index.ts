/** Parley's client SDK: everything an application needs, and nothing of how it works. See docs/sdk.md. */
export { ParleyClient } from './client';
export type { CreatedRoom, ParleyClientOptions } from './client';
export { ParleyError } from './errors';
export type { LocalErrorCode, ParleyErrorCode, ServerErrorCode } from './errors';
export { Meeting } from './meeting';
export type { MeetingEvents } from './meeting';
export type { ChatMessage, LeftReason, MediaKind, Source } from './messages';
export type { ServerStats, StreamStats } from './serverStats';
export type {
    CloseReason,
    LocalTrackView,
    LocalView,
    MeetingSnapshot,
    MeetingState,
    ParticipantView,
    RemoteTrackView,
} from './state';
export {
    AUDIO_PROCESSING_KEY,
    audioProcessing,
    DeviceError,
    levelMeter,
    listDevices,
    openCamera,
    openCameraAndMicrophone,
    openMicrophone,
} from './devices';
export type {
    CameraOptions,
    DeviceErrorKind,
    DeviceInfo,
    DeviceList,
    DeviceType,
    LevelMeter,
    MicrophoneOptions,
} from './devices';
