import { describe, expect, test } from 'vitest';
import { fitGrid, layoutStage, SHARE_CAPTION, type Rect } from './layout';

const WINDOWS = [[1280, 700], [1920, 950], [390, 700], [360, 600], [844, 300], [900, 900]] as const;
const TOLERANCE = 0.01;
const RATIOS = [16 / 9, 1.6, 0.5];

function overlap(a: Rect, b: Rect): boolean {
    return a.x + a.width > b.x + TOLERANCE && b.x + b.width > a.x + TOLERANCE
        && a.y + a.height > b.y + TOLERANCE && b.y + b.height > a.y + TOLERANCE;
}

function expectSound(rects: readonly Rect[], width: number, height: number): void {
    rects.forEach((rect, index) => {
        expect(rect.width).toBeGreaterThan(0);
        expect(rect.height).toBeGreaterThan(0);
        expect(rect.x).toBeGreaterThanOrEqual(-TOLERANCE);
        expect(rect.y).toBeGreaterThanOrEqual(-TOLERANCE);
        expect(rect.x + rect.width).toBeLessThanOrEqual(width + TOLERANCE);
        expect(rect.y + rect.height).toBeLessThanOrEqual(height + TOLERANCE);
        expect(rects.slice(index + 1).some((other) => overlap(rect, other))).toBe(false);
    });
}

describe('the grid', () => {
    const ratios = { min: 4 / 3, max: 16 / 9 };

    test.each(WINDOWS)('keeps 1 to 49 tiles equal, apart and inside a window of %i × %i', (width, height) => {
        for (let people = 1; people <= 49; people++) {
            const { people: tiles } = layoutStage({ width, height, shares: [], people, floatingSelf: false });
            expect(tiles).toHaveLength(people);
            expectSound(tiles, width, height);
            expect(new Set(tiles.map((tile) => `${tile.width.toFixed(3)} ${tile.height.toFixed(3)}`)).size).toBe(1);
        }
    });

    test('keeps the tiles’ ratio within bounds', () => {
        for (let count = 1; count <= 30; count++) {
            const [tile] = fitGrid(count, { x: 0, y: 0, width: 1000, height: 640 }, ratios);
            const ratio = (tile?.width ?? 0) / (tile?.height ?? 1);
            expect(ratio).toBeGreaterThanOrEqual(ratios.min - TOLERANCE);
            expect(ratio).toBeLessThanOrEqual(ratios.max + TOLERANCE);
        }
    });

    test('fills the width or the height', () => {
        const [tile] = fitGrid(1, { x: 0, y: 0, width: 1600, height: 900 }, ratios);
        expect(tile).toEqual({ x: 0, y: 0, width: 1600, height: 900 });
    });

    test('puts two side by side in a wide window and above each other in a tall one', () => {
        const wide = layoutStage({ width: 1280, height: 700, shares: [], people: 2, floatingSelf: false }).people;
        expect(wide[0]?.y).toBe(wide[1]?.y);
        const tall = layoutStage({ width: 390, height: 700, shares: [], people: 2, floatingSelf: false }).people;
        expect(tall[0]?.x).toBe(tall[1]?.x);
    });

    test('centres a last row that is not full', () => {
        const tiles = fitGrid(5, { x: 0, y: 0, width: 1250, height: 680 }, ratios);
        const last = tiles.slice(3);
        const left = last[0]?.x ?? 0;
        const right = 1250 - ((last[1]?.x ?? 0) + (last[1]?.width ?? 0));
        expect(last).toHaveLength(2);
        expect(left).toBeCloseTo(right);
        expect(left).toBeGreaterThan(0);
    });

    test('has nothing to place without room or people', () => {
        expect(fitGrid(0, { x: 0, y: 0, width: 100, height: 100 }, ratios)).toEqual([]);
        expect(fitGrid(3, { x: 0, y: 0, width: 0, height: 0 }, ratios)).toEqual([]);
    });
});

describe('with shared screens', () => {
    test.each(WINDOWS)('nothing overlaps or leaves a window of %i × %i', (width, height) => {
        for (let people = 0; people <= 20; people++) {
            for (let shares = 1; shares <= 3; shares++) {
                const layout = layoutStage({ width, height, shares: RATIOS.slice(0, shares), people, floatingSelf: false });
                expect(layout.shares).toHaveLength(shares);
                expect(layout.people).toHaveLength(people);
                expectSound([...layout.shares, ...layout.people], width, height);
            }
        }
    });

    test('one screen is several times as large as a person', () => {
        const { shares: [share], people: [person] } = layoutStage({ width: 1280, height: 700, shares: [16 / 9], people: 4, floatingSelf: false });
        expect((share?.width ?? 0) * (share?.height ?? 0)).toBeGreaterThan(8 * (person?.width ?? 1) * (person?.height ?? 1));
    });

    test('a tile has just the shape of the one screen in it, with a line for the name below', () => {
        for (const ratio of [16 / 9, 4 / 3, 21 / 9, 0.46]) {
            const [share] = layoutStage({ width: 1280, height: 700, shares: [ratio], people: 3, floatingSelf: false }).shares;
            expect((share?.width ?? 0) / ((share?.height ?? 0) - SHARE_CAPTION)).toBeCloseTo(ratio);
        }
    });

    test('people stand beside it in a wide window and below it in a tall one', () => {
        const wide = layoutStage({ width: 1280, height: 700, shares: [16 / 9], people: 3, floatingSelf: false });
        expect(wide.people.every((person) => person.x > (wide.shares[0]?.width ?? 0))).toBe(true);
        const tall = layoutStage({ width: 390, height: 700, shares: [16 / 9], people: 3, floatingSelf: false });
        expect(tall.people.every((person) => person.y > (tall.shares[0]?.height ?? 0))).toBe(true);
    });
});

test('the floating own picture is small and inside the window', () => {
    const { self, people } = layoutStage({ width: 374, height: 640, shares: [], people: 1, floatingSelf: true });
    expect(people).toHaveLength(1);
    expectSound(self === undefined ? [] : [self], 374, 640);
    expect(self?.width).toBeLessThan(374 / 3);
});
