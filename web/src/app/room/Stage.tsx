import { useCallback, useState } from 'react';
import { layoutStage } from '../lib/layout';
import type { Tiles } from '../lib/tiles';
import { Tile } from './Tile';
import { useSize } from './useSize';

/** Below this width (px) the own picture floats small over the others instead of taking an equal place. */
const COMPACT_WIDTH = 560;
/** Above so many others the floating picture would hide somebody. */
const MOST_UNDER_FLOATING = 2;

/** Of a screen whose picture has not arrived yet. */
const USUAL_RATIO = 16 / 9;

/** Everybody, and what they share, in the room that there is. */
export function Stage({ tiles }: { readonly tiles: Tiles }) {
    const [stage, size] = useSize<HTMLDivElement>();
    const { shares, people } = tiles;
    const others = people.length - 1;
    const floatingSelf = size.width < COMPACT_WIDTH && shares.length === 0 && others >= 1 && others <= MOST_UNDER_FLOATING;
    const [ratios, setRatios] = useState<Readonly<Record<string, number>>>({});
    const learnRatio = useCallback((key: string, ratio: number) => setRatios((old) => ({ ...old, [key]: ratio })), []);
    const layout = layoutStage({
        ...size,
        shares: shares.map((tile) => ratios[tile.key] ?? USUAL_RATIO),
        people: floatingSelf ? people.length - 1 : people.length,
        floatingSelf,
    });

    const placed = [
        ...shares.map((tile, index) => ({ tile, rect: layout.shares[index], floating: false })),
        ...people.map((tile, index) => {
            const floating = floatingSelf && index === 0;
            return { tile, rect: floating ? layout.self : layout.people[floatingSelf ? index - 1 : index], floating };
        }),
    ];
    return (
        <div className="stage" ref={stage} data-testid="stage">
            {placed.map(({ tile, rect, floating }) => rect !== undefined && (
                <Tile key={tile.key} tile={tile} rect={rect} floating={floating}
                    onRatio={tile.source === 'screen' ? learnRatio : undefined} />
            ))}
        </div>
    );
}
