import { lazy, Suspense } from 'react';
import type { DialogState } from './useDialog';

const SettingsDialog = lazy(() => import('../settings/SettingsDialog'));
const ShortcutsDialog = lazy(() => import('../help/ShortcutsDialog'));

/** The dialog that is open, fetched when it is wanted. */
export function RoomDialogs({ dialog }: { readonly dialog: DialogState }) {
    return (
        <Suspense>
            {dialog.open === 'settings' && <SettingsDialog onClose={dialog.close} />}
            {dialog.open === 'shortcuts' && <ShortcutsDialog onClose={dialog.close} />}
        </Suspense>
    );
}
