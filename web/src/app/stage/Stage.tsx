import { useCallback, useMemo, useState } from 'react';
import type { MeetingSnapshot } from '../../sdk';
import type { MeetingHandle } from '../lib/meetingHandle';
import type { TileModel } from '../lib/tiles';
import { Pager } from './Pager';
import { PipPicture } from './PipPicture';
import { Tile } from './Tile';
import type { TileActions } from './TileTools';
import { keysOfPage, useAim } from './useAim';
import { useArrangement, type Arranged } from './useArrangement';
import { useFlip, type Placed } from './useFlip';
import { useReceiving } from './useReceiving';
import { useSize } from './useSize';
import type { StageState } from './useStage';

interface Props {
    readonly meeting: MeetingHandle;
    readonly snapshot: MeetingSnapshot;
    readonly state: StageState;
    readonly onDetails: (participantId: string) => void;
}

interface PlacedTile extends Placed {
    readonly tile: TileModel;
    readonly floating: boolean;
}

/** Everybody, and what they share, in the room that there is. */
export function Stage({ meeting, snapshot, state, onDetails }: Props) {
    const { tiles, view, speaker, fullScreen, pip, pipTile, quality } = state;
    const [stage, size] = useSize<HTMLDivElement>();
    const [page, turn] = useState(0);
    const aim = useAim();
    const [ratios, setRatios] = useState<Readonly<Record<string, number>>>({});
    const learnRatio = useCallback((key: string, ratio: number) => setRatios((old) => ({ ...old, [key]: ratio })), []);
    const arranged = useArrangement(tiles, view, speaker, size, page, ratios);
    const { layout } = arranged;
    const placed = place(arranged);
    const keys = placed.map(({ key }) => key).join(' ');

    useFlip(stage, useMemo(() => placed, [layout, keys]));
    const likely = keysOfPage(arranged, aim.page).join(' ');
    const wanted = useMemo(() => new Set(`${keys} ${likely}`.split(' ')), [keys, likely]);
    useReceiving(meeting, snapshot.participants, wanted, pip.on ? pipTile?.key : undefined);

    const { togglePin } = view;
    const actions = useMemo<TileActions>(() => ({
        togglePin,
        fullScreen: fullScreen.supported ? fullScreen.toggle : undefined,
        pictureInPicture: pip.supported ? pip.toggle : undefined,
        details: onDetails,
    }), [togglePin, fullScreen, pip, onDetails]);

    return (
        <div className="stage" ref={stage} data-testid="stage" data-view={view.view}>
            {placed.map(({ key, tile, rect, floating }) => (
                <Tile key={key} tile={tile} rect={rect} floating={floating} pinned={key === view.pinned} actions={actions}
                    quality={quality} onRatio={tile.source === 'screen' ? learnRatio : undefined} />
            ))}
            {layout.pager !== undefined && <Pager rect={layout.pager} page={layout.page} pages={layout.pages} onTurn={turn} onAim={aim.at} />}
            {pip.body !== undefined && pipTile !== undefined && <PipPicture tile={pipTile} body={pip.body} />}
        </div>
    );
}

/** Each tile with its place; those of other pages have none. In the order of `people`, so that the keyboard goes through them in order. */
function place({ arrangement, layout }: Arranged): PlacedTile[] {
    const { large, equal, floating } = arrangement;
    const at = (tile: TileModel | undefined, rect: Placed['rect'] | undefined, floats = false): PlacedTile[] =>
        (tile !== undefined && rect !== undefined ? [{ key: tile.key, tile, rect, floating: floats }] : []);
    return [
        ...large.flatMap((tile, index) => at(tile, layout.large[index])),
        ...layout.people.flatMap((rect, index) => at(equal[layout.first + index], rect)),
        ...at(floating, layout.self, true),
    ];
}
