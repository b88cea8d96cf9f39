import { useFirstFocus } from '../lib/useFirstFocus';
import { useT } from '../i18n';
import { SoundIcon } from '../ui/icons';

interface Props {
    /** The browser wants a click before it plays. */
    readonly blocked: boolean;
    readonly onUnlock: () => void;
}

/** One button where the browser wants a click first. A click anywhere else does the same. */
export function TapToHear({ blocked, onUnlock }: Props) {
    return blocked && <Tap onUnlock={onUnlock} />;
}

function Tap({ onUnlock }: Pick<Props, 'onUnlock'>) {
    const t = useT();
    const button = useFirstFocus<HTMLButtonElement>();
    return (
        <button ref={button} type="button" className="button button--primary unlock" data-testid="tap-to-hear" onClick={onUnlock}>
            <SoundIcon />{t('room.tapToHear')}
        </button>
    );
}
