import { memo, type CSSProperties } from 'react';
import { useT } from '../i18n';
import type { Rect } from '../lib/layout';
import { tileLabel, type TileModel } from '../lib/tiles';
import { Avatar, hueStyle } from '../ui/Avatar';
import { MicOffIcon, ScreenIcon } from '../ui/icons';
import { VideoView } from '../ui/VideoView';

interface Props {
    readonly tile: TileModel;
    readonly rect: Rect;
    readonly floating?: boolean;
    readonly onRatio?: ((key: string, ratio: number) => void) | undefined;
}

const AVATAR_SHARE = 0.36;

function placement(rect: Rect, name: string): CSSProperties {
    const avatar = Math.max(28, Math.min(132, Math.min(rect.width, rect.height) * AVATAR_SHARE));
    return {
        ...hueStyle(name),
        '--avatar-size': `${avatar}px`,
        width: rect.width,
        height: rect.height,
        transform: `translate(${rect.x}px, ${rect.y}px)`,
    } as CSSProperties;
}

/** A person or a shared screen at its place on the stage. */
export const Tile = memo(function Tile({ tile, rect, floating = false, onRatio }: Props) {
    const t = useT();
    const screen = tile.source === 'screen';
    const classes = ['tile', screen && 'tile--screen', tile.speaking && 'tile--speaking', floating && 'tile--floating',
        (rect.width < 200 || rect.height < 130) && 'tile--small'];
    return (
        <div className={classes.filter(Boolean).join(' ')} style={placement(rect, tile.name)} role="group"
            aria-label={tile.muted ? t('stage.muted', { label: tileLabel(tile) }) : tileLabel(tile)} data-testid="tile"
            data-participant-id={tile.participantId} data-name={tile.name} data-source={tile.source} data-self={tile.self}
            data-muted={tile.muted} data-speaking={tile.speaking}>
            {tile.track !== undefined
                ? <VideoView track={tile.track} mirrored={tile.self && !screen} whole={screen}
                onRatio={onRatio && ((ratio) => onRatio(tile.key, ratio))} />
                : !screen && <Avatar name={tile.name} />}
            <div className="tile__label" aria-hidden="true">
                {tile.muted && <span className="tile__muted" data-testid="tile-muted"><MicOffIcon size={16} /></span>}
                {screen && <ScreenIcon size={16} />}
                <span className="tile__name">{tileLabel(tile)}</span>
            </div>
        </div>
    );
}, sameTile);

/** Snapshots are made anew several times a second; a tile draws again only when something that it shows changed. */
function sameTile(a: Props, b: Props): boolean {
    return a.floating === b.floating && sameFields(a.tile, b.tile) && sameFields(a.rect, b.rect);
}

function sameFields<T extends object>(a: T, b: T): boolean {
    const keys = new Set([...Object.keys(a), ...Object.keys(b)]) as Set<keyof T>;
    return [...keys].every((key) => a[key] === b[key]);
}
