import { describe, expect, test } from 'vitest';
import { layoutStage } from '../lib/layout';
import type { TileModel } from '../lib/tiles';
import { keysOfPage } from './useAim';

const people = Array.from({ length: 9 }, (_, index): TileModel => ({
    key: `p${index}/camera`, participantId: `p${index}`, name: `P${index}`, source: 'camera', self: index === 0, speaking: false, muted: false,
}));
const request = { width: 390, height: 740, shares: [], featured: false, people: people.length, floatingSelf: false };

describe('the keys of a page', () => {
    test.each([0, 1])('are those of the tiles that page %i will show', (page) => {
        const arranged = { arrangement: { large: [], equal: people }, layout: layoutStage({ ...request, page: 0 }) };
        const turned = layoutStage({ ...request, page });
        expect(turned.pages).toBe(2);
        const shown = people.slice(turned.first, turned.first + turned.people.length).map(({ key }) => key);
        expect(keysOfPage(arranged, page)).toEqual(shown);
    });

    test('are none while nobody turns to one, and where there is but one', () => {
        const layout = layoutStage({ ...request, page: 0 });
        expect(keysOfPage({ arrangement: { large: [], equal: people }, layout }, undefined)).toEqual([]);
        const few = people.slice(0, 4);
        const single = layoutStage({ ...request, people: few.length, page: 0 });
        expect(keysOfPage({ arrangement: { large: [], equal: few }, layout: single }, 0)).toEqual([]);
    });
});
