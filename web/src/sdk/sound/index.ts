/** Sound of the SDK: playing everybody, measuring and testing a microphone, and talking by key. Needs nothing of the rest. */
export { canChooseSpeaker } from '../engine';
export { levelMeter, peakMeter } from './levels';
export type { LevelMeter, PeakMeter } from './levels';
export type { ListeningTrouble } from './listening';
export { MeetingSound } from './meetingSound';
export type { MeetingSoundOptions, SoundView } from './meetingSound';
export { MutedSpeech } from './mutedSpeech';
export { PushToTalk } from './pushToTalk';
export type { KeyPress, TalkHooks } from './pushToTalk';
export { playSound, playTestTone, recordSound } from './recording';
export type { Running } from './recording';
export type { HearingTrouble, SoundedMeeting } from './soundWatch';
export type { SpeakingTrouble } from './speaking';
export { AS_SENT, LOUDEST, VolumeMemory } from './volumes';
export type { Loudness, Store } from './volumes';
