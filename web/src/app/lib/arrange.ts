import type { TileModel, Tiles } from './tiles';

/** What a person may choose; `auto` is the grid, but with one other that one fills the window. */
export const VIEWS = ['auto', 'grid', 'speaker'] as const;
export type View = (typeof VIEWS)[number];

export interface Wishes {
    readonly view: View;
    readonly hideSelf: boolean;
    /** The key of the tile that was pinned. */
    readonly pinned: string | undefined;
    /** Who speaks, or spoke last; not oneself. */
    readonly speakerId: string | undefined;
    /** A small window: one's own picture floats also over two others. */
    readonly compact: boolean;
}

/** Which tiles are large, which stay equal, and whether one's own floats over them. */
export interface Arrangement {
    readonly large: readonly TileModel[];
    readonly equal: readonly TileModel[];
    readonly floating?: TileModel;
}

/** A pin wins over shared screens, and those over everything else. */
export function arrange({ shares, people }: Tiles, wishes: Wishes): Arrangement {
    const shown = wishes.hideSelf ? people.filter((tile) => !isOwnCamera(tile)) : people;
    const pinned = [...shares, ...shown].find((tile) => tile.key === wishes.pinned);
    if (pinned !== undefined) {
        return floatAlone([pinned], [...shares, ...shown].filter((tile) => tile !== pinned));
    }
    if (shares.length > 0) {
        return { large: shares, equal: shown };
    }
    const others = shown.filter((tile) => !tile.self);
    if (wishes.view === 'speaker' && others.length > 0) {
        const speaker = others.find((tile) => tile.participantId === wishes.speakerId) ?? others[0]!;
        return floatAlone([speaker], shown.filter((tile) => tile !== speaker));
    }
    const own = shown.find(isOwnCamera);
    const fewEnough = others.length === 1 || (wishes.compact && others.length === 2);
    if (wishes.view === 'auto' && own !== undefined && fewEnough && others.length === shown.length - 1) {
        return { large: [], equal: others, floating: own };
    }
    return { large: [], equal: shown };
}

/** A strip for oneself alone would waste the window. */
function floatAlone(large: readonly TileModel[], equal: readonly TileModel[]): Arrangement {
    const [only] = equal;
    const crowd = equal.length > 1 || large[0]?.source === 'screen';
    return !crowd && only !== undefined && isOwnCamera(only) ? { large, equal: [], floating: only } : { large, equal };
}

function isOwnCamera(tile: TileModel): boolean {
    return tile.self && tile.source === 'camera';
}

/**
 * The order of the tiles: as they came, but whoever speaks on a further page changes places with the one on the first page who has
 * been silent for longest. Oneself stays. `before` is the last result; `spoke` tells when somebody spoke last, in any unit that grows.
 */
export function inOrder(before: readonly string[], tiles: readonly TileModel[], onFirstPage: number, speakerId: string | undefined,
    spoke: ReadonlyMap<string, number>): readonly string[] {
    const present = new Set(tiles.map(({ key }) => key));
    const known = new Set(before);
    const order = [...before.filter((key) => present.has(key)), ...tiles.map(({ key }) => key).filter((key) => !known.has(key))];
    const byKey = new Map(tiles.map((tile) => [tile.key, tile]));
    const from = order.findIndex((key) => byKey.get(key)?.participantId === speakerId);
    if (from >= onFirstPage) {
        const silence = (key: string) => spoke.get(byKey.get(key)?.participantId ?? '') ?? 0;
        const candidates = order.slice(0, onFirstPage).filter((key) => byKey.get(key)?.self === false);
        const quietest = candidates.reduceRight<string | undefined>(
            (best, key) => (best === undefined || silence(key) < silence(best) ? key : best), undefined);
        if (quietest !== undefined) {
            const to = order.indexOf(quietest);
            [order[from], order[to]] = [order[to]!, order[from]!];
        }
    }
    return order.length === before.length && order.every((key, index) => key === before[index]) ? before : order;
}
