import { t } from '../i18n/t';

/** The parts of a participant that a tile shows; the SDK's views satisfy them. */
export interface TileTrack {
    readonly id: string;
    readonly source: 'microphone' | 'camera' | 'screen' | 'screenAudio';
    readonly track?: MediaStreamTrack | undefined;
    readonly paused: boolean;
}

export interface TilePerson {
    readonly id: string;
    readonly name: string;
    readonly tracks: readonly TileTrack[];
    readonly speaking: boolean;
    readonly micMuted: boolean;
    /** Where in the order of raised hands, from 1. */
    readonly hand?: number | undefined;
}

export interface TileModel {
    readonly key: string;
    readonly participantId: string;
    readonly name: string;
    readonly source: 'camera' | 'screen';
    readonly self: boolean;
    readonly speaking: boolean;
    readonly muted: boolean;
    readonly hand?: number;
    readonly track?: MediaStreamTrack;
}

export interface Tiles {
    /** Other people's screens, shown large. */
    readonly shares: readonly TileModel[];
    /** Everybody, oneself first, then in the order of joining; one's own shared screens come after oneself, small. */
    readonly people: readonly TileModel[];
}

export function tilesOf(self: TilePerson, others: readonly TilePerson[]): Tiles {
    return {
        shares: others.flatMap((person) => screensOf(person, false)),
        people: [personTile(self, true), ...screensOf(self, true), ...others.map((person) => personTile(person, false))],
    };
}

function personTile(person: TilePerson, self: boolean): TileModel {
    const camera = person.tracks.find((track) => track.source === 'camera' && !track.paused)?.track;
    return {
        key: `${person.id}/camera`,
        participantId: person.id,
        name: person.name,
        source: 'camera',
        self,
        speaking: person.speaking && !person.micMuted,
        muted: person.micMuted,
        ...(person.hand !== undefined && { hand: person.hand }),
        ...(camera !== undefined && { track: camera }),
    };
}

function screensOf(person: TilePerson, self: boolean): TileModel[] {
    return person.tracks.filter((track) => track.source === 'screen').map((screen) => ({
        key: `${person.id}/${screen.id}`,
        participantId: person.id,
        name: person.name,
        source: 'screen',
        self,
        speaking: false,
        muted: false,
        ...(screen.track !== undefined && { track: screen.track }),
    }));
}

/** What a tile is called on screen and to a screen reader. */
export function tileLabel(tile: TileModel): string {
    if (tile.source === 'screen') {
        return tile.self ? t('stage.ownScreen') : t('stage.screenOf', { name: tile.name });
    }
    return tile.self ? t('common.nameIsYou', { name: tile.name }) : tile.name;
}
