import { useT } from '../i18n';
import { preferences } from '../lib/storage';
import { Dialog } from '../ui/Dialog';
import { SHORTCUTS } from './shortcutList';

/** Every key that does something, and how to move around without a mouse. Loaded when it is opened. */
export function ShortcutsDialog({ onClose }: { readonly onClose: () => void }) {
    const t = useT();
    return (
        <Dialog title={t('help.title')} testId="shortcuts-dialog" onClose={onClose}>
            {!preferences.shortcuts() && <p className="muted-text">{t('help.off')}</p>}
            <dl className="keys">
                {SHORTCUTS.map(({ key, text }) => (
                    <div key={key} className="keys__row">
                        <dt>{t(text)}</dt>
                        <dd><kbd>{key}</kbd></dd>
                    </div>
                ))}
            </dl>
            <p className="muted-text">{t('help.moving')}</p>
        </Dialog>
    );
}

export default ShortcutsDialog;
