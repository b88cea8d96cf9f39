import { describe, expect, test } from 'vitest';
import { chances } from '../testing/random';
import { arrange, inOrder, type Arrangement, type Wishes } from './arrange';
import { tilesOf, type TileModel, type TilePerson, type TileTrack } from './tiles';

const screen = (id: string): TileTrack => ({ id, source: 'screen', track: {} as MediaStreamTrack, paused: false });
const person = (id: string, ...tracks: TileTrack[]): TilePerson => ({ id, name: id, tracks, speaking: false, micMuted: false });
const USUAL: Wishes = { view: 'auto', hideSelf: false, pinned: undefined, speakerId: undefined, compact: false };

function arranged(others: readonly TilePerson[], wishes: Partial<Wishes> = {}, me = person('me')): string {
    return text(arrange(tilesOf(me, others), { ...USUAL, ...wishes }));
}

/** Large | equal | floating, by key. */
function text({ large, equal, floating }: Arrangement): string {
    const keys = (tiles: readonly TileModel[]) => tiles.map(({ key }) => key.replace('/camera', '')).join(' ');
    return [keys(large), keys(equal), keys(floating ? [floating] : [])].join('|');
}

describe('in the automatic view', () => {
    test('one is large while alone, floats over one other, and is one of the equal from three on', () => {
        expect(arranged([])).toBe('|me|');
        expect(arranged([person('a')])).toBe('|a|me');
        expect(arranged([person('a'), person('b')])).toBe('|me a b|');
    });

    test('one floats over two others in a small window, and never beside one’s own shared screen', () => {
        expect(arranged([person('a'), person('b')], { compact: true })).toBe('|a b|me');
        expect(arranged([person('a')], {}, person('me', screen('s')))).toBe('|me me/s a|');
    });

    test('shared screens are large and all people equal', () => {
        expect(arranged([person('a', screen('1'), screen('2')), person('b')])).toBe('a/1 a/2|me a b|');
    });
});

test('the grid holds everybody, also when there are but two', () => {
    expect(arranged([person('a')], { view: 'grid' })).toBe('|me a|');
});

describe('in the speaker view', () => {
    test('who speaks is large, or else the first of the others', () => {
        const others = [person('a'), person('b'), person('c')];
        expect(arranged(others, { view: 'speaker', speakerId: 'b' })).toBe('b|me a c|');
        expect(arranged(others, { view: 'speaker', speakerId: 'gone' })).toBe('a|me b c|');
    });

    test('one other has the whole window', () => {
        expect(arranged([person('a')], { view: 'speaker' })).toBe('a||me');
        expect(arranged([], { view: 'speaker' })).toBe('|me|');
    });

    test('shared screens come before who speaks', () => {
        expect(arranged([person('a', screen('1')), person('b')], { view: 'speaker', speakerId: 'b' })).toBe('a/1|me a b|');
    });
});

describe('a pin', () => {
    test('makes any tile large, also before shared screens', () => {
        const others = [person('a', screen('1')), person('b')];
        expect(arranged(others, { pinned: 'b/camera' })).toBe('b|a/1 me a|');
        expect(arranged(others, { pinned: 'a/1' })).toBe('a/1|me a b|');
        expect(arranged(others, { pinned: 'me/camera' })).toBe('me|a/1 a b|');
    });

    test('of somebody who left is none', () => {
        expect(arranged([person('a'), person('b')], { pinned: 'gone/camera' })).toBe('|me a b|');
    });

    test('of the only other lets oneself float', () => {
        expect(arranged([person('a')], { view: 'grid', pinned: 'a/camera' })).toBe('a||me');
    });
});

describe('hiding one’s own picture', () => {
    test('leaves the others, in every view', () => {
        const others = [person('a'), person('b')];
        expect(arranged(others, { hideSelf: true })).toBe('|a b|');
        expect(arranged(others, { hideSelf: true, view: 'speaker' })).toBe('a|b|');
        expect(arranged([person('a')], { hideSelf: true })).toBe('|a|');
        expect(arranged([], { hideSelf: true })).toBe('||');
        expect(arranged([person('a', screen('1'))], { hideSelf: true, pinned: 'me/camera' })).toBe('a/1|a|');
    });
});

test('nobody is ever lost or shown twice, in 3,000 random meetings', () => {
    for (let seed = 0; seed < 3_000; seed++) {
        const random = chances(seed);
        const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
        const others = Array.from({ length: Math.floor(random() * 12) }, (_, index) => person(`p${index}`, ...(random() < 0.15 ? [screen(`s${index}`)] : [])));
        const tiles = tilesOf(person('me', ...(random() < 0.2 ? [screen('own')] : [])), others);
        const all = [...tiles.shares, ...tiles.people].map(({ key }) => key);
        const wishes: Wishes = { view: pick(['auto', 'grid', 'speaker']), hideSelf: random() < 0.3, compact: random() < 0.5,
            pinned: random() < 0.4 ? pick(all) : undefined, speakerId: pick([undefined, 'p0', 'p5']) };
        const { large, equal, floating } = arrange(tiles, wishes);
        const shown = [...large, ...equal, ...(floating ? [floating] : [])].map(({ key }) => key);
        const wanted = wishes.hideSelf ? all.filter((key) => key !== 'me/camera') : all;
        expect([...shown].sort(), JSON.stringify(wishes)).toEqual([...wanted].sort());
        // Those that stay equal keep their order.
        expect(equal.map(({ key }) => key)).toEqual(wanted.filter((key) => equal.some((tile) => tile.key === key)));
    }
});

describe('the order over several pages', () => {
    const tiles = (...ids: string[]) => tilesOf(person('me'), ids.map((id) => person(id))).people;
    const keys = (order: readonly string[]) => order.map((key) => key.replace('/camera', '')).join(' ');

    test('is that of joining, and stays the same object while nothing changes', () => {
        const order = inOrder([], tiles('a', 'b', 'c'), 2, undefined, new Map());
        expect(keys(order)).toBe('me a b c');
        expect(inOrder(order, tiles('a', 'b', 'c'), 2, 'a', new Map())).toBe(order);
    });

    test('brings whoever speaks to the first page, in place of the one silent for longest, never of oneself', () => {
        const first = inOrder([], tiles('a', 'b', 'c', 'd'), 3, undefined, new Map());
        const second = inOrder(first, tiles('a', 'b', 'c', 'd'), 3, 'd', new Map([['a', 5], ['b', 9], ['d', 10]]));
        expect(keys(second)).toBe('me d b c a');
        expect(keys(inOrder(second, tiles('a', 'b', 'c', 'd'), 1, 'c', new Map()))).toBe('me d b c a');
    });

    test('forgets who left and puts who comes last', () => {
        expect(keys(inOrder(['me/camera', 'd/camera', 'b/camera'], tiles('b', 'x'), 9, undefined, new Map()))).toBe('me b x');
    });
});
