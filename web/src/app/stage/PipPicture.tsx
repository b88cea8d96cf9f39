import { createPortal } from 'react-dom';
import { tileLabel, type TileModel } from '../lib/tiles';
import { Avatar, hueStyle } from '../ui/Avatar';
import { MicOffIcon } from '../ui/icons';
import { VideoView } from '../ui/VideoView';

/** One tile that fills the small window. */
export function PipPicture({ tile, body }: { readonly tile: TileModel; readonly body: HTMLElement }) {
    const screen = tile.source === 'screen';
    return createPortal(
        <div className={tile.speaking ? 'pip tile--speaking' : 'pip'} style={hueStyle(tile.name)} data-testid="pip-picture">
            {tile.track !== undefined
                ? <VideoView track={tile.track} mirrored={tile.self && !screen} whole={screen} />
                : <Avatar name={tile.name} />}
            <div className="tile__label">
                {tile.muted && <span className="tile__muted"><MicOffIcon size={16} /></span>}
                <span className="tile__name">{tileLabel(tile)}</span>
            </div>
        </div>,
        body,
    );
}
