import { memo, useCallback, useRef, type CSSProperties } from 'react';
import { useT } from '../i18n';
import type { Rect } from '../lib/layout';
import { tileLabel, type TileModel } from '../lib/tiles';
import { QualityMark } from '../quality/QualityMark';
import type { QualityMonitor } from '../quality/QualityMonitor';
import { Avatar, hueStyle } from '../ui/Avatar';
import { HandIcon, MicOffIcon, ScreenIcon } from '../ui/icons';
import { PinIcon } from '../ui/stageIcons';
import { VideoView } from '../ui/VideoView';
import { TileTools, type TileActions } from './TileTools';

interface Props {
    readonly tile: TileModel;
    readonly rect: Rect;
    readonly floating: boolean;
    readonly pinned: boolean;
    readonly actions: TileActions;
    readonly quality: QualityMonitor;
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
export const Tile = memo(function Tile({ tile, rect, floating, pinned, actions, quality, onRatio }: Props) {
    const t = useT();
    const element = useRef<HTMLDivElement>(null);
    const screen = tile.source === 'screen';
    const classes = ['tile', screen && 'tile--screen', tile.speaking && 'tile--speaking', floating && 'tile--floating',
        (rect.width < 200 || rect.height < 130) && 'tile--small'];
    const ratio = useCallback((value: number) => onRatio?.(tile.key, value), [onRatio, tile.key]);
    const name = tileLabel(tile);
    const withHand = tile.hand === undefined ? name : `${name}, ${t('people.handNumber', { place: tile.hand })}`;
    const muted = tile.muted ? t('stage.muted', { label: withHand }) : withHand;
    return (
        <div ref={element} className={classes.filter(Boolean).join(' ')} style={placement(rect, tile.name)} role="group"
            aria-label={pinned ? t('stage.pinned', { label: muted }) : muted} data-testid="tile" data-key={tile.key}
            data-participant-id={tile.participantId} data-name={tile.name} data-source={tile.source} data-self={tile.self}
            data-muted={tile.muted} data-speaking={tile.speaking} data-pinned={pinned}
            onDoubleClick={() => actions.togglePin(tile.key)}>
            {tile.track !== undefined
                ? <VideoView track={tile.track} mirrored={tile.self && !screen} whole={screen} onRatio={onRatio && ratio} />
                : !screen && <Avatar name={tile.name} />}
            {!screen && <QualityMark monitor={quality} participantId={tile.participantId} name={tile.name} onDetails={actions.details} />}
            <div className="tile__label" aria-hidden="true">
                {tile.hand !== undefined && <span className="tile__hand" data-testid="tile-hand"><HandIcon size={16} />{tile.hand}</span>}
                {pinned && <PinIcon size={15} />}
                {tile.muted && <span className="tile__muted" data-testid="tile-muted"><MicOffIcon size={16} /></span>}
                {screen && <ScreenIcon size={16} />}
                <span className="tile__name">{name}</span>
            </div>
            <TileTools tile={tile} pinned={pinned} actions={actions} element={() => element.current} />
        </div>
    );
}, sameTile);

/** Snapshots are made anew several times a second; a tile draws again only when something that it shows changed. */
function sameTile({ tile: a, rect: from, ...before }: Props, { tile: b, rect: to, ...after }: Props): boolean {
    return sameFields(a, b) && sameFields(from, to) && sameFields(before, after);
}

function sameFields<T extends object>(a: T, b: T): boolean {
    const keys = new Set([...Object.keys(a), ...Object.keys(b)]) as Set<keyof T>;
    return [...keys].every((key) => a[key] === b[key]);
}
