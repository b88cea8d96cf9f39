import type { Source } from '../messages';
import { audioState, resumeAudio } from './context';
import { type HearingTrouble, type SoundedMeeting, SoundWatch } from './soundWatch';
import { SoundOutlet } from './outlet';
import type { SpeakingTrouble } from './speaking';
import { type Loudness, VolumeMemory } from './volumes';

export interface MeetingSoundOptions {
    /** Where the audio elements are put; they have no looks. Default: nowhere in the page, which suffices for most browsers. */
    readonly container?: HTMLElement;
    /** Done with each element before it plays. */
    readonly prepare?: (element: HTMLAudioElement, sound: { participantId: string; source: Source }) => void;
    readonly volumes?: VolumeMemory;
    /** The loudspeaker; default: the system's. */
    readonly speakerId?: string;
    /** Opens one's microphone anew; called when it delivers nothing. */
    readonly reopenMicrophone?: () => void;
}

/** What one hears, as it is now. Never changed: each change makes a new one. */
export interface SoundView {
    /** The browser wants a click before it plays: show a button that calls {@link MeetingSound.unlock}. */
    readonly blocked: boolean;
    /** Whose sound has a trouble that could not be repaired. */
    readonly hearing: readonly HearingTrouble[];
    /** What is wrong with one's own microphone. */
    readonly speaking?: SpeakingTrouble;
}

interface Playing {
    readonly participantId: string;
    readonly name: string;
    readonly source: Source;
    readonly producerId: string;
    readonly track: MediaStreamTrack;
    readonly outlet: SoundOutlet;
}

const QUIET: SoundView = { blocked: false, hearing: [] };
const GESTURES = ['click', 'keydown', 'touchend'] as const;

/** Plays everybody's sound for as long as it exists, and watches that it is heard. One for each meeting; end it with `close`. */
export class MeetingSound {
    private readonly playing = new Map<string, Playing>();
    private readonly volumes: VolumeMemory;
    /** Set here: holds also where nothing can be remembered. */
    private readonly chosen = new Map<string, Loudness>();
    private readonly listeners = new Set<() => void>();
    private readonly watch: SoundWatch;
    private readonly unsubscribe: () => void;
    private speakerId: string;
    private view = QUIET;
    private readonly gesture = (): void => void (this.view.blocked && this.unlock());

    constructor(
        private readonly meeting: SoundedMeeting,
        private readonly options: MeetingSoundOptions = {},
    ) {
        this.volumes = options.volumes ?? new VolumeMemory(meeting.roomId);
        this.speakerId = options.speakerId ?? '';
        this.watch = new SoundWatch(meeting, {
            outlets: () => this.playing,
            reopenMicrophone: () => options.reopenMicrophone?.(),
            changed: () => this.refresh(),
        });
        this.unsubscribe = meeting.subscribe(() => this.follow());
        // Any click will do, not only the one on the button.
        for (const type of GESTURES) document.addEventListener(type, this.gesture, { capture: true, passive: true });
        this.follow();
    }

    readonly getSnapshot = (): SoundView => this.view;

    /** Calls `listener` after each change of the snapshot; returns the way to stop it. */
    readonly subscribe = (listener: () => void): (() => void) => {
        this.listeners.add(listener);
        return () => this.listeners.delete(listener);
    };

    /** Plays everything that waits for a click, now and later. Must be called from a click or key press. */
    async unlock(): Promise<void> {
        if (audioState() !== 'running') resumeAudio();
        await Promise.all([...this.playing.values()].map(({ outlet }) => outlet.play()));
        this.refresh();
    }

    /** Whether there is anything to hear of that person's voice or screen. */
    isPlaying(participantId: string, source: Source = 'microphone'): boolean {
        return !this.of(participantId, source).next().done;
    }

    /** How loud one hears that person. */
    loudness(participantId: string, source: Source = 'microphone'): Loudness {
        const name = this.meeting.getSnapshot().participants.find(({ id }) => id === participantId)?.name ?? '';
        return this.chosen.get(`${participantId} ${source}`) ?? this.volumes.of(name, source);
    }

    /** From now on, and when that person comes again. Nobody else is told. */
    setLoudness(participantId: string, loudness: Loudness, source: Source = 'microphone'): void {
        const name = this.meeting.getSnapshot().participants.find(({ id }) => id === participantId)?.name;
        this.chosen.set(`${participantId} ${source}`, loudness);
        if (name !== undefined) this.volumes.remember(name, source, loudness);
        for (const { outlet } of this.of(participantId, source)) outlet.setLoudness(loudness);
        this.publish({ ...this.view });
    }

    /** Plays everything through another loudspeaker, `''` for the system's own choice. Rejects when it cannot be used. */
    async setSpeaker(deviceId: string): Promise<void> {
        this.speakerId = deviceId;
        await Promise.all([...this.playing.values()].map(({ outlet }) => outlet.setSpeaker(deviceId)));
    }

    /** One's own microphone, to be watched; `wanted` when it is not muted. */
    setMicrophone(track: MediaStreamTrack | undefined, wanted: boolean): void {
        this.watch.setMicrophone(track, wanted);
    }

    close(): void {
        this.unsubscribe();
        this.watch.close();
        for (const type of GESTURES) document.removeEventListener(type, this.gesture, { capture: true });
        for (const { outlet } of this.playing.values()) outlet.close();
        this.playing.clear();
        this.listeners.clear();
    }

    private *of(participantId: string, source: Source): Generator<Playing, undefined> {
        for (const one of this.playing.values()) if (one.participantId === participantId && one.source === source) yield one;
    }

    /** Has an outlet for each sound that is being received, and no other. */
    private follow(): void {
        const gone = new Set(this.playing.keys());
        let changed = false;
        for (const { id: participantId, name, tracks } of this.meeting.getSnapshot().participants) {
            for (const { id: producerId, kind, source, track } of tracks) {
                if (kind !== 'audio' || track === undefined) continue;
                if (this.playing.get(producerId)?.track === track) {
                    gone.delete(producerId);
                    continue;
                }
                this.end(producerId);
                gone.delete(producerId);
                const outlet = this.open(track, participantId, source);
                changed = true;
                this.playing.set(producerId, { participantId, name, source, producerId, track, outlet });
            }
        }
        gone.forEach((producerId) => this.end(producerId));
        if (changed || gone.size > 0) this.publish({ ...this.view });
        this.refresh();
    }

    private open(track: MediaStreamTrack, participantId: string, source: Source): SoundOutlet {
        const { container, prepare } = this.options;
        const outlet = new SoundOutlet(track, {
            container,
            prepare: (element) => prepare?.(element, { participantId, source }),
            changed: () => this.refresh(),
        });
        outlet.setLoudness(this.loudness(participantId, source));
        // One that is gone is noticed where it was chosen; the sound goes on through the system's.
        if (this.speakerId !== '') outlet.setSpeaker(this.speakerId).catch(() => undefined);
        return outlet;
    }

    private end(producerId: string): void {
        this.playing.get(producerId)?.outlet.close();
        this.playing.delete(producerId);
    }

    private refresh(): void {
        const blocked = [...this.playing.values()].some(({ outlet }) => outlet.blocked);
        const hearing = this.watch.hearing();
        const speaking = this.watch.speaking();
        const { view } = this;
        const same = hearing.length === view.hearing.length
            && hearing.every(({ participantId, trouble }, i) => {
                const other = view.hearing[i];
                return other?.participantId === participantId && other.trouble === trouble;
            });
        if (blocked === view.blocked && speaking === view.speaking && same) return;
        this.publish({ blocked, hearing: same ? view.hearing : hearing, ...(speaking !== undefined && { speaking }) });
    }

    private publish(view: SoundView): void {
        this.view = view;
        this.listeners.forEach((listener) => listener());
    }
}
