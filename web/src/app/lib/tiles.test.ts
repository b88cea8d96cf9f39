import { describe, expect, test } from 'vitest';
import { tileLabel, tilesOf, type TilePerson, type TileTrack } from './tiles';

const media = {} as MediaStreamTrack;
const track = (source: TileTrack['source'], change: Partial<TileTrack> = {}): TileTrack => ({ id: source, source, track: media, paused: false, ...change });
const person = (id: string, ...tracks: TileTrack[]): TilePerson => ({ id, name: id.toUpperCase(), tracks, speaking: true, micMuted: false });

describe('tiles', () => {
    test('are oneself first, then the others in their order', () => {
        const { people, shares } = tilesOf(person('me'), [person('b'), person('a')]);
        expect(people.map((tile) => [tile.participantId, tile.self])).toEqual([['me', true], ['b', false], ['a', false]]);
        expect(shares).toEqual([]);
    });

    test('show a camera only while it is sent', () => {
        const { people } = tilesOf(person('me', track('camera')), [person('a', track('camera', { paused: true })),
            person('b', track('camera', { track: undefined }))]);
        expect(people.map((tile) => tile.track)).toEqual([media, undefined, undefined]);
    });

    test('show every other person’s screens large and one’s own small', () => {
        const { people, shares } = tilesOf(person('me', track('screen')), [person('a', track('screen', { id: '1' }), track('screen', { id: '2' })),
            person('b', track('screenAudio'))]);
        expect(shares.map((tile) => tile.key)).toEqual(['a/1', 'a/2']);
        expect(people.map((tile) => tile.key)).toEqual(['me/camera', 'me/screen', 'a/camera', 'b/camera']);
    });

    test('have no speaking ring while muted', () => {
        const { people } = tilesOf(person('me'), [{ ...person('a'), micMuted: true }]);
        expect(people.map((tile) => tile.speaking)).toEqual([true, false]);
    });

    test('are named', () => {
        const { people, shares } = tilesOf(person('me', track('screen')), [person('a', track('screen'))]);
        expect([...people, ...shares].map(tileLabel)).toEqual(['ME (you)', 'Your screen', 'A', 'A’s screen']);
    });
});
