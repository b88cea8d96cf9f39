import { useMemo, useState } from 'react';
import { arrange, inOrder, type Arrangement, type Wishes } from '../lib/arrange';
import { layoutStage, type Size, type StageLayout, type StageRequest } from '../lib/layout';
import type { TileModel, Tiles } from '../lib/tiles';
import type { Speaker } from './useSpeaker';
import type { StageView } from './useStageView';

/** Below this width (px) one's own picture floats also over two others. */
const COMPACT_WIDTH = 560;
/** Of a screen whose picture has not arrived yet. */
const USUAL_RATIO = 16 / 9;

export interface Arranged {
    readonly arrangement: Arrangement;
    readonly layout: StageLayout;
}

/** Which tile goes where in a stage of that size. */
export function useArrangement(tiles: Tiles, view: StageView, speaker: Speaker, size: Size, page: number, ratios: Readonly<Record<string, number>>): Arranged {
    const wishes: Wishes = {
        view: view.view,
        hideSelf: view.selfHidden,
        pinned: view.pinned,
        speakerId: speaker.id,
        compact: size.width < COMPACT_WIDTH,
    };
    const arrangement = arrange(tiles, wishes);
    const layout = useLayout({
        ...size,
        shares: arrangement.large.every((tile) => tile.source === 'screen') ? arrangement.large.map((tile) => ratios[tile.key] ?? USUAL_RATIO) : [],
        featured: arrangement.large.some((tile) => tile.source === 'camera'),
        people: arrangement.equal.length,
        floatingSelf: arrangement.floating !== undefined,
        page,
    });
    const people = useOrder(tiles.people, arrangement, layout, speaker);
    return { arrangement: people === tiles.people ? arrangement : arrange({ ...tiles, people }, wishes), layout };
}

/** The same object for the same request. */
function useLayout(request: StageRequest): StageLayout {
    const { width, height, shares, featured, people, floatingSelf, page } = request;
    return useMemo(() => layoutStage(request), [width, height, shares.join(' '), featured, people, floatingSelf, page]);
}

const AS_THEY_CAME: readonly string[] = [];

/** As they came; in a grid of several pages whoever speaks comes to the first. */
function useOrder(people: readonly TileModel[], { large, equal }: Arrangement, { pages }: StageLayout, speaker: Speaker): readonly TileModel[] {
    const [order, setOrder] = useState(AS_THEY_CAME);
    const paged = large.length === 0 && pages > 1;
    // One's own tile stands before the equal ones also when it is hidden.
    const onFirstPage = Math.ceil(equal.length / pages) + people.length - equal.length;
    const next = paged ? inOrder(order, people, onFirstPage, speaker.id, speaker.spoke) : AS_THEY_CAME;
    if (next !== order) {
        setOrder(next);
    }
    if (next.length === 0 || next.every((key, index) => people[index]?.key === key)) {
        return people;
    }
    const places = new Map(next.map((key, index) => [key, index]));
    return [...people].sort((a, b) => (places.get(a.key) ?? 0) - (places.get(b.key) ?? 0));
}
