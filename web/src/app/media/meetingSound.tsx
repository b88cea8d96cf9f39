import { createContext, useContext, useEffect, useRef, useState, useSyncExternalStore, type ReactNode } from 'react';
import { MeetingSound, type SoundView } from '../../sdk/sound/meetingSound';
import type { Source } from '../../sdk';
import { AS_SENT, type Loudness } from '../../sdk/sound/volumes';
import type { MeetingHandle } from '../lib/meetingHandle';
import { useDevices } from './devices';
import type { Device } from './useDevice';

/** The sound of the meeting, for whoever shows or changes how loud somebody is. */
export const SoundContext = createContext<MeetingSound | undefined>(undefined);

/** Plays everybody while it is there, through the loudspeaker that was chosen, and watches the microphone. */
export function PlayedMeeting({ meeting, children }: { readonly meeting: MeetingHandle; readonly children: ReactNode }) {
    const devices = useDevices();
    const sound = useMeetingSound(meeting, devices?.speaker.id ?? '', devices?.microphone);
    return <SoundContext value={sound}>{children}</SoundContext>;
}

function useMeetingSound(meeting: MeetingHandle, speakerId: string, microphone: Device | undefined): MeetingSound | undefined {
    const [sound, setSound] = useState<MeetingSound>();
    const { track, on = false, reopen } = microphone ?? {};
    const speaker = useRef(speakerId);

    useEffect(() => {
        const container = document.createElement('div');
        container.hidden = true;
        document.body.append(container);
        const made = new MeetingSound(meeting, {
            container,
            speakerId: speaker.current,
            ...(reopen !== undefined && { reopenMicrophone: reopen }),
            prepare: (element, { participantId, source }) => Object.assign(element.dataset, { testid: 'remote-audio', participantId, source }),
        });
        setSound(made);
        return () => {
            made.close();
            container.remove();
        };
    }, [meeting, reopen]);

    useEffect(() => {
        speaker.current = speakerId;
        // One that cannot be used is one that was just unplugged: the list of devices tells that too.
        void sound?.setSpeaker(speakerId).catch(() => undefined);
    }, [sound, speakerId]);
    useEffect(() => sound?.setMicrophone(track, on), [sound, track, on]);
    return sound;
}

const SILENT: SoundView = { blocked: false, hearing: [] };
const never = () => () => undefined;

/** What is to be told about the sound. */
export function useSoundView(sound: MeetingSound | undefined): SoundView {
    return useSyncExternalStore(sound?.subscribe ?? never, sound?.getSnapshot ?? (() => SILENT));
}

/** How loud one hears that person, and how to change it. */
export function useLoudness(participantId: string, source: Source = 'microphone'): [Loudness, (loudness: Loudness) => void] {
    const sound = useContext(SoundContext);
    useSoundView(sound);
    return [
        sound?.loudness(participantId, source) ?? AS_SENT,
        (loudness) => sound?.setLoudness(participantId, loudness, source),
    ];
}
