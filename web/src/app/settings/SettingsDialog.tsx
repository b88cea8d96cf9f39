import { lazy, Suspense } from 'react';
import { useT } from '../i18n';
import { Dialog } from '../ui/Dialog';
import { useDevices } from '../media/devices';
import { AppearanceSettings } from './AppearanceSettings';

/** Not on pages without devices, which do not even fetch it. */
const DeviceSettings = lazy(() => import('./DeviceSettings'));

/** Everything that a person may set, kept on this device. Loaded when it is opened. */
export function SettingsDialog({ onClose }: { readonly onClose: () => void }) {
    const t = useT();
    const devices = useDevices();
    return (
        <Dialog title={t('settings.title')} testId="settings-dialog" onClose={onClose}>
            {devices !== undefined && <Suspense><DeviceSettings {...devices} /></Suspense>}
            <AppearanceSettings />
        </Dialog>
    );
}

export default SettingsDialog;
