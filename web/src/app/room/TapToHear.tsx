import { useT } from '../i18n';
import { SoundIcon } from '../ui/icons';

interface Props {
    /** The browser wants a click before it plays. */
    readonly blocked: boolean;
    readonly onUnlock: () => void;
}

/** One button where the browser wants a click first. A click anywhere else does the same. */
export function TapToHear({ blocked, onUnlock }: Props) {
    const t = useT();
    return blocked && (
        <button type="button" className="button button--primary unlock" data-testid="tap-to-hear" autoFocus onClick={onUnlock}>
            <SoundIcon />{t('room.tapToHear')}
        </button>
    );
}
