import { describe, expect, test } from 'vitest';
import { chances } from '../testing/random';
import { capacity, fitGrid, GAP, type Ratios, type Rect } from './grid';
import { layoutStage, SHARE_CAPTION, type StageLayout, type StageRequest } from './layout';

const TOLERANCE = 0.01;
const PLAIN = { shares: [], featured: false, people: 0, floatingSelf: false, page: 0 } satisfies Partial<StageRequest>;

interface Case extends StageRequest {
    readonly seed: number;
}

/** Windows from a small phone to a wall of screens, upright and on their side, with 1 to 49 people. */
function randomCases(count: number, make: (random: () => number) => Partial<StageRequest> = () => ({})): Case[] {
    return Array.from({ length: count }, (_, index) => {
        const seed = 1_000 + index;
        const random = chances(seed);
        const width = Math.round(280 + random() ** 2 * 3_600);
        const height = Math.round(240 + random() ** 2 * 1_900);
        return { ...PLAIN, width, height, people: 1 + Math.floor(random() * 49), ...make(random), seed };
    });
}

const everything = ({ large, people, self }: StageLayout): Rect[] => [...large, ...people, ...(self ? [self] : [])];
const area = ({ width, height }: Rect): number => width * height;

function overlap(a: Rect, b: Rect): boolean {
    return a.x + a.width > b.x + TOLERANCE && b.x + b.width > a.x + TOLERANCE
        && a.y + a.height > b.y + TOLERANCE && b.y + b.height > a.y + TOLERANCE;
}

/** What is wrong with the rectangles, in words; nothing if they are apart and inside. */
function unsound(rects: readonly Rect[], width: number, height: number): string | undefined {
    for (const [index, rect] of rects.entries()) {
        if (!(rect.width > 0 && rect.height > 0)) return `${index} is empty: ${JSON.stringify(rect)}`;
        if (rect.x < -TOLERANCE || rect.y < -TOLERANCE || rect.x + rect.width > width + TOLERANCE || rect.y + rect.height > height + TOLERANCE) {
            return `${index} is not inside: ${JSON.stringify(rect)}`;
        }
        const other = rects.slice(index + 1).find((one) => overlap(rect, one));
        if (other) return `${index} overlaps: ${JSON.stringify([rect, other])}`;
    }
    return undefined;
}

/** Fails with the seed of the first case for which the property says something. */
function holds(cases: readonly Case[], property: (one: Case, layout: StageLayout) => string | undefined | false): void {
    for (const one of cases) {
        const wrong = property(one, layoutStage(one));
        if (wrong) expect.fail(`${wrong}\nin case ${JSON.stringify(one)}`);
    }
}

/** Whether the rects are equal in size. */
function unequal(rects: readonly Rect[]): string | undefined {
    const odd = rects.find(({ width, height }) => Math.abs(width - rects[0]!.width) > TOLERANCE || Math.abs(height - rects[0]!.height) > TOLERANCE);
    return odd && `not equal: ${JSON.stringify([rects[0], odd])}`;
}

/** Left to right, then down. */
function disordered(rects: readonly Rect[]): string | undefined {
    const index = rects.findIndex((rect, i) => {
        const last = rects[i - 1];
        return last && !(rect.y > last.y + TOLERANCE || (Math.abs(rect.y - last.y) <= TOLERANCE && rect.x > last.x));
    });
    return index < 0 ? undefined : `out of order at ${index}`;
}

/** Rows, and with them the whole, stand in the middle of the area. */
function offCentre(rects: readonly Rect[], within: Rect): string | undefined {
    const rows = new Map<string, Rect[]>();
    for (const rect of rects) rows.set(rect.y.toFixed(2), [...(rows.get(rect.y.toFixed(2)) ?? []), rect]);
    for (const row of rows.values()) {
        const [first, last] = [row[0]!, row.at(-1)!];
        if (Math.abs(first.x - within.x - (within.x + within.width - last.x - last.width)) > TOLERANCE) return 'a row is off centre';
    }
    const [first, last] = [rects[0]!, rects.at(-1)!];
    const off = Math.abs(first.y - within.y - (within.y + within.height - last.y - last.height)) > TOLERANCE;
    return off ? 'the rows are off centre' : undefined;
}

describe('the grid', () => {
    const cases = randomCases(4_000);

    test(`of ${cases.length} random windows and crowds: equal tiles, apart, inside, in order and centred`, () => {
        holds(cases, ({ width, height, people }, layout) => {
            const { people: tiles, first, pages } = layout;
            const whole = { x: 0, y: 0, width, height: layout.pager ? layout.pager.y : height };
            return unsound(tiles, width, height) ?? unequal(tiles) ?? disordered(tiles) ?? offCentre(tiles, whole)
                ?? (pages === 1 && (tiles.length !== people || first !== 0) ? 'somebody is missing' : undefined);
        });
    });

    test('keeps every tile’s ratio within what a face can be cropped to', () => {
        holds(cases, (_, { people: [tile] }) => {
            const ratio = tile!.width / tile!.height;
            return (ratio < 0.46 - TOLERANCE || ratio > 16 / 9 + TOLERANCE) && `ratio ${ratio}`;
        });
    });

    test('touches two opposite sides of the window, or leaves only what the ratios forbid', () => {
        holds(cases, ({ width, height }, { people: tiles, pager }) => {
            const right = Math.max(...tiles.map((tile) => tile.x + tile.width));
            const bottom = Math.max(...tiles.map((tile) => tile.y + tile.height));
            return Math.abs(right - width) > TOLERANCE && Math.abs(bottom - (pager?.y ?? height)) > TOLERANCE && 'fills neither side';
        });
    });

    test('shows everybody on exactly one page, whatever page is asked for', () => {
        holds(cases.slice(0, 1_500), (one, { pages }) => {
            const seen: number[] = [];
            for (let page = 0; page < pages; page++) {
                const { first, people } = layoutStage({ ...one, page });
                people.forEach((_, index) => seen.push(first + index));
            }
            const beyond = layoutStage({ ...one, page: 99 });
            return (seen.length !== one.people || seen.some((person, index) => person !== index) || beyond.page !== pages - 1) && `saw ${seen.join(' ')}`;
        });
    });

    test('turns pages only where faces would be too small to tell apart', () => {
        holds(cases, ({ width, height, people }, { pages, people: tiles }) => {
            if (pages > 1) return width >= 560 && height >= 420 && people <= Math.min(49, Math.floor((width * height) / 14_000)) && 'pages without need';
            return people > 1 && area(tiles[0]!) < 5_000 && `tiles of ${area(tiles[0]!)} square pixels`;
        });
    });
});

describe('as large as possible', () => {
    /** The largest area that any number of columns and any allowed ratio gives, found by trying. */
    function bruteForce(count: number, { width, height }: Rect, { min, max }: Ratios): number {
        let best = 0;
        for (let columns = 1; columns <= count; columns++) {
            const rows = Math.ceil(count / columns);
            for (let step = 0; step <= 300; step++) {
                const ratio = min * (max / min) ** (step / 300);
                const across = (width - GAP * (columns - 1)) / columns;
                const down = (height - GAP * (rows - 1)) / rows;
                const tile = Math.min(across, down * ratio);
                if (tile > 0) best = Math.max(best, (tile * tile) / ratio);
            }
        }
        return best;
    }

    test('no other arrangement of 600 random grids has larger tiles', () => {
        for (let seed = 0; seed < 600; seed++) {
            const random = chances(seed);
            const rect = { x: 0, y: 0, width: 200 + random() * 2_500, height: 200 + random() * 1_500 };
            const ratios = { min: 0.5 + random() * 0.8, max: 1.4 + random() };
            const count = 1 + Math.floor(random() * 49);
            const [tile] = fitGrid(count, rect, ratios);
            const best = bruteForce(count, rect, ratios);
            expect(area(tile!), `seed ${seed}`).toBeGreaterThanOrEqual(best * (1 - 1e-6));
            // And it is not larger than possible either: the steps of the search are fine.
            expect(area(tile!), `seed ${seed}`).toBeLessThanOrEqual(best * 1.02);
        }
    });

    test('one picture fills a window of its ratio', () => {
        expect(fitGrid(1, { x: 0, y: 0, width: 1600, height: 900 }, { min: 1, max: 16 / 9 })).toEqual([{ x: 0, y: 0, width: 1600, height: 900 }]);
    });

    test('nothing is placed without room or people', () => {
        const ratios = { min: 1, max: 2 };
        expect(fitGrid(0, { x: 0, y: 0, width: 100, height: 100 }, ratios)).toEqual([]);
        expect(fitGrid(3, { x: 0, y: 0, width: 0, height: 0 }, ratios)).toEqual([]);
        expect(everything(layoutStage({ ...PLAIN, width: 0, height: 0, people: 3, floatingSelf: true }))).toEqual([]);
    });

    test('an area holds as many of the least tiles as fit with their gaps', () => {
        expect(capacity({ width: 210, height: 100 }, { width: 100, height: 45 })).toBe(2 * 2);
        expect(capacity({ width: 209, height: 99 }, { width: 100, height: 45 })).toBe(1);
        expect(capacity({ width: 90, height: 500 }, { width: 100, height: 45 })).toBe(0);
    });
});

describe('with shared screens', () => {
    const RATIOS = [16 / 9, 16 / 10, 4 / 3, 21 / 9, 32 / 9, 0.46, 1];
    const cases = randomCases(2_000, (random) => ({
        shares: Array.from({ length: 1 + Math.floor(random() * 3) }, () => RATIOS[Math.floor(random() * RATIOS.length)]!),
        people: Math.floor(random() * 50),
    }));

    test(`of ${cases.length} random ones: everything apart and inside, people equal and in order`, () => {
        holds(cases, ({ width, height, shares, people }, layout) => unsound(everything(layout), width, height)
            ?? (layout.people.length > 0 ? unequal(layout.people) ?? disordered(layout.people) : undefined)
            ?? (layout.large.length !== shares.length ? 'a share is missing' : undefined)
            ?? ((layout.people.length === 0) !== (people === 0) ? 'nobody is shown' : undefined));
    });

    test('a screen is larger than a person', () => {
        holds(cases.filter(({ shares }) => shares.length === 1 && shares[0]! > 1 && shares[0]! < 2), ({ width, height }, { large: [share], people: [person] }) =>
            person && width > 500 && height > 400 && area(share!) < 2 * area(person) && `${area(share!)} against ${area(person)}`);
    });

    test('a tile has just the shape of the one screen in it, with a line for the name below', () => {
        for (const ratio of [16 / 9, 4 / 3, 21 / 9, 0.46]) {
            const { large: [share] } = layoutStage({ ...PLAIN, width: 1280, height: 700, shares: [ratio], people: 3 });
            expect(share!.width / (share!.height - SHARE_CAPTION)).toBeCloseTo(ratio);
        }
    });

    test('two of them stand side by side in a wide window, and use most of it', () => {
        for (const [width, height] of [[1280, 700], [1920, 950], [2560, 1300]] as const) {
            const { large: [left, right] } = layoutStage({ ...PLAIN, width, height, shares: [16 / 9, 16 / 9], people: 4 });
            expect(left!.y).toBe(right!.y);
            expect(right!.x + right!.width - left!.x).toBeGreaterThan(width * 0.97);
        }
    });

    test('people stand beside one in a wide window and below it in a tall one', () => {
        const wide = layoutStage({ ...PLAIN, width: 1280, height: 700, shares: [16 / 9], people: 3 });
        expect(wide.people.every((person) => person.x > wide.large[0]!.width)).toBe(true);
        const tall = layoutStage({ ...PLAIN, width: 390, height: 700, shares: [16 / 9], people: 3 });
        expect(tall.people.every((person) => person.y > tall.large[0]!.height)).toBe(true);
    });
});

describe('with somebody large', () => {
    const cases = randomCases(1_500, (random) => ({ featured: true, people: Math.floor(random() * 49) }));

    test(`of ${cases.length} random ones: everything apart and inside, the others equal`, () => {
        holds(cases, ({ width, height }, layout) => unsound(everything(layout), width, height)
            ?? (layout.people.length > 0 ? unequal(layout.people) ?? disordered(layout.people) : undefined)
            ?? (layout.large.length !== 1 ? 'not one large' : undefined));
    });

    test('that one is much larger than the others', () => {
        holds(cases, ({ width, height }, { large: [speaker], people: [person] }) =>
            person && Math.min(width, height) > 560 && area(speaker!) < 4 * area(person) && `${area(speaker!)} against ${area(person)}`);
    });
});

test('one’s own floating picture is small and in the corner of any window', () => {
    holds(randomCases(1_000, (random) => ({ floatingSelf: true, people: 1 + Math.floor(random() * 2) })), ({ width, height }, { self }) =>
        unsound([self!], width, height)
        ?? (area(self!) > width * height * 0.13 ? 'too large' : undefined)
        ?? (self!.x + self!.width < width * 0.9 || self!.y + self!.height < height * 0.9 ? 'not in the corner' : undefined));
});

test('a layout takes well under a frame, whatever there is', () => {
    const cases = [...randomCases(100), ...randomCases(100, () => ({ featured: true, people: 49 }))];
    const times = cases.map((one) => {
        const start = performance.now();
        layoutStage(one);
        return performance.now() - start;
    }).sort((a, b) => a - b);
    expect(times[Math.floor(times.length / 2)]).toBeLessThan(4);
});
