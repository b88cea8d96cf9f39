import { useT } from '../i18n';
import { Dialog } from '../ui/Dialog';
import { AppearanceSettings } from './AppearanceSettings';

/** Everything that a person may set, kept on this device. Loaded when it is opened. */
export function SettingsDialog({ onClose }: { readonly onClose: () => void }) {
    const t = useT();
    return (
        <Dialog title={t('settings.title')} testId="settings-dialog" onClose={onClose}>
            <AppearanceSettings />
        </Dialog>
    );
}

export default SettingsDialog;
