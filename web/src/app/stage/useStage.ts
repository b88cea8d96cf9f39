import { useMemo } from 'react';
import type { MeetingSnapshot } from '../../sdk';
import type { MeetingHandle } from '../lib/meetingHandle';
import type { TileModel, Tiles } from '../lib/tiles';
import type { QualityMonitor } from '../quality/QualityMonitor';
import { useQualityMonitor } from '../quality/useQuality';
import { useFullScreen, type FullScreen } from './useFullScreen';
import { usePictureInPicture, type PictureInPicture } from './usePictureInPicture';
import { useSpeaker, type Speaker } from './useSpeaker';
import { useStageView, type StageView } from './useStageView';

/** What the stage shares with the room's menu, keys and panels. */
export interface StageState {
    readonly tiles: Tiles;
    readonly view: StageView;
    readonly speaker: Speaker;
    readonly fullScreen: FullScreen;
    readonly pip: PictureInPicture;
    /** What the small window shows. */
    readonly pipTile: TileModel | undefined;
    readonly quality: QualityMonitor;
}

export function useStage(meeting: MeetingHandle, snapshot: MeetingSnapshot, tiles: Tiles, onPipFailed: () => void): StageState {
    const view = useStageView();
    const speaker = useSpeaker(snapshot, meeting.self.id);
    const fullScreen = useFullScreen();
    const quality = useQualityMonitor(meeting);
    const { pinned } = view;
    const tileOf = useMemo(() => (wanted: string | undefined) => pipTileOf(tiles, speaker.id, wanted ?? pinned), [tiles, speaker.id, pinned]);
    const pip = usePictureInPicture((wanted) => tileOf(wanted)?.track, onPipFailed);
    return { tiles, view, speaker, fullScreen, pip, pipTile: tileOf(pip.wanted), quality };
}

/** What was asked for, else what is shared, else who speaks, else anybody. */
function pipTileOf({ shares, people }: Tiles, speakerId: string | undefined, wanted: string | undefined): TileModel | undefined {
    return [...shares, ...people].find(({ key }) => key === wanted) ?? shares[0]
        ?? people.find(({ participantId }) => participantId === speakerId) ?? people.find(({ self }) => !self) ?? people[0];
}
