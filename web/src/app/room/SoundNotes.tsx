import type { Device } from '../media/useDevice';
import type { RoomSound } from './useRoomSound';
import { MutedHint } from './MutedHint';
import { SoundTroubles } from './SoundTroubles';
import { TapToHear } from './TapToHear';

interface Props {
    readonly sound: RoomSound;
    readonly microphone: Device;
    readonly onSettings: () => void;
}

/** What is said about the sound, over the stage: most of the time nothing. */
export function SoundNotes({ sound, microphone, onSettings }: Props) {
    const { player, view, pushToTalk } = sound;
    return (
        <>
            <TapToHear blocked={view.blocked} onUnlock={() => void player?.unlock()} />
            <SoundTroubles view={view} onSettings={onSettings} />
            <MutedHint microphone={microphone} pushToTalk={pushToTalk} />
        </>
    );
}
