import { useContext, useEffect, useRef } from 'react';
import { useT } from '../i18n';
import type { SoundView } from '../../sdk';
import type { MeetingSound } from '../../sdk/sound/meetingSound';
import { useDevices } from '../media/devices';
import type { Device } from '../media/useDevice';
import { SoundContext, useSoundView } from '../media/meetingSound';
import { usePushToTalk } from '../media/usePushToTalk';
import type { Say } from './useToasts';

export interface RoomSound {
    readonly player: MeetingSound | undefined;
    readonly view: SoundView;
    /** Whether the space bar opens the microphone. */
    readonly pushToTalk: boolean;
}

/** What the room says about its sound, talking by key, and news of the loudspeaker. */
export function useRoomSound(microphone: Device, say: Say): RoomSound {
    const t = useT();
    const devices = useDevices();
    const speaker = devices?.speaker;
    const pushToTalk = devices?.pushToTalk.on ?? false;
    const player = useContext(SoundContext);
    const view = useSoundView(player);
    usePushToTalk(microphone, pushToTalk);

    const news = speaker?.news;
    const told = useRef(news);
    useEffect(() => {
        if (news !== undefined && news !== told.current) {
            const { why, label } = news;
            say(why === 'gone' ? t('sound.speakerGone', { label }) : t('sound.switched.returned', { label }));
        }
        told.current = news;
    }, [news, say, t]);
    return { player, view, pushToTalk };
}
