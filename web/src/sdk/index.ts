/** Parley's client SDK: everything an application needs, and nothing of how it works. See docs/sdk.md. */
export { ParleyClient } from './client';
export type { CreatedRoom, JoinOptions, ParleyClientOptions, Returned } from './client';
export type { ChatOptions, FileOptions } from './chat';
export { ParleyError } from './errors';
export type { LocalErrorCode, ParleyErrorCode, ServerErrorCode } from './errors';
export { Meeting } from './meeting';
export type { MeetingEvents } from './events';
export type { HostPowers } from './host';
export type { ChatFile, ChatMessage, LeftReason, MediaKind, Role, RoomSettings, Source, WaitingPerson } from './messages';
export type { MediaPath, PathProtocol } from './mediaPath';
export type { TransportHealth } from './transportKeeper';
export type { WasSending } from './seat';
export type { ServerStats, StreamStats } from './serverStats';
export type {
    CloseReason,
    ConnectionView,
    LocalTrackView,
    LocalView,
    MeetingSnapshot,
    MeetingState,
    ParticipantView,
    ReactionView,
    RemoteTrackView,
    SelfView,
} from './state';
export {
    AUDIO_PROCESSING_KEY,
    audioProcessing,
    canBlur,
    DeviceError,
    isBlurred,
    listDevices,
    openCamera,
    openCameraAndMicrophone,
    openMicrophone,
    setBlur,
    setProcessing,
    watchDevices,
} from './devices';
export type {
    AudioProcessing,
    CameraOptions,
    DeviceErrorKind,
    DeviceInfo,
    DeviceList,
    DeviceType,
    MicrophoneOptions,
} from './devices';
export { blurBackground, canBlurBackground } from './blurLater';
export type { BackgroundBlur, BlurOptions, BlurState, BlurView, Mask, MaskMaker, MaskSize } from './blurLater';
export { chooseDevice } from './deviceChoice';
export type { DeviceChoice, Situation } from './deviceChoice';
export * from './sound';
export { checkConnection } from './checkLater';
export type { CheckId, CheckLine, CheckOptions, CheckReason, CheckStatus, CheckVerdict, ConnectionReport } from './check';
