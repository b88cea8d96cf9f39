import { useT } from '../i18n';
import { Dialog } from '../ui/Dialog';
import { useDevices } from '../media/devices';
import { AppearanceSettings } from './AppearanceSettings';
import { DeviceSettings } from './DeviceSettings';

/** Everything that a person may set, kept on this device. Loaded when it is opened. */
export function SettingsDialog({ onClose }: { readonly onClose: () => void }) {
    const t = useT();
    const devices = useDevices();
    return (
        <Dialog title={t('settings.title')} testId="settings-dialog" onClose={onClose}>
            {devices !== undefined && <DeviceSettings {...devices} />}
            <AppearanceSettings />
        </Dialog>
    );
}

export default SettingsDialog;
