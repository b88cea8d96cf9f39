import { useCallback, useContext, useRef, useState } from 'react';
import { useT } from '../i18n';
import { tileLabel, type TileModel } from '../lib/tiles';
import { SoundContext, useSoundView } from '../media/meetingSound';
import { VolumePopover } from '../room/VolumeMenu';
import type { MenuItem } from '../ui/Menu';
import { MenuButton } from '../ui/MenuButton';
import { MoreIcon, SoundIcon } from '../ui/icons';
import { ChartIcon, FullScreenIcon, PictureInPictureIcon, PinIcon } from '../ui/stageIcons';

/** What can be done with a tile; a missing one is not possible here. */
export interface TileActions {
    readonly togglePin: (key: string) => void;
    readonly fullScreen?: ((tile: Element) => void) | undefined;
    readonly pictureInPicture?: ((key: string) => void) | undefined;
    readonly details: (participantId: string) => void;
}

interface Props {
    readonly tile: TileModel;
    readonly pinned: boolean;
    readonly actions: TileActions;
    readonly element: () => Element | null;
}

/** A button in the tile's corner with everything that concerns this tile. */
export function TileTools({ tile, pinned, actions, element }: Props) {
    const t = useT();
    const { togglePin, fullScreen, pictureInPicture, details } = actions;
    const volume = useVolume(tile, element);
    const items: MenuItem[] = [
        { id: 'pin', label: pinned ? t('stage.unpin') : t('stage.pin'), icon: <PinIcon size={20} />, onSelect: () => togglePin(tile.key) },
    ];
    if (fullScreen !== undefined && tile.track !== undefined) {
        items.push({ id: 'tile-full-screen', label: t('stage.fullScreen'), icon: <FullScreenIcon size={20} />, onSelect: () => {
            const shown = element();
            if (shown !== null) fullScreen(shown);
        } });
    }
    if (pictureInPicture !== undefined && tile.track !== undefined) {
        items.push({ id: 'tile-pip', label: t('stage.pip'), icon: <PictureInPictureIcon size={20} />, onSelect: () => pictureInPicture(tile.key) });
    }
    if (volume.possible) {
        items.push({ id: 'tile-volume', label: t('sound.volume'), icon: <SoundIcon size={20} />, onSelect: volume.show });
    }
    items.push({ id: 'details', label: t('stage.details'), icon: <ChartIcon size={20} />, onSelect: () => details(tile.participantId) });
    return (
        <>
            <MenuButton className="tile__tools" label={t('stage.options', { label: tileLabel(tile) })} icon={<MoreIcon size={20} />}
                groups={[items]} testId="tile-menu" />
            {volume.popover}
        </>
    );
}

/** How loud one hears the tile's person, or the sound of the screen; not possible where there is none. */
function useVolume({ participantId, name, self, source }: TileModel, element: () => Element | null) {
    const sound = useContext(SoundContext);
    useSoundView(sound);
    const of = source === 'screen' ? 'screenAudio' : 'microphone';
    const anchor = useRef<HTMLElement>(null);
    const [open, setOpen] = useState(false);
    const close = useCallback(() => setOpen(false), []);
    return {
        possible: !self && sound?.isPlaying(participantId, of) === true,
        show() {
            anchor.current = element()?.querySelector<HTMLElement>('[data-testid=tile-menu]') ?? null;
            setOpen(true);
        },
        popover: open && <VolumePopover participantId={participantId} name={name} source={of} anchor={anchor} onClose={close} />,
    };
}
