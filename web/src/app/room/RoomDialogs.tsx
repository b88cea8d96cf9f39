import { lazy, Suspense } from 'react';
import type { Host } from '../people/useHost';
import { EndDialog } from '../people/EndDialog';
import type { DialogState } from './useDialog';

const SettingsDialog = lazy(() => import('../settings/SettingsDialog'));
const ShortcutsDialog = lazy(() => import('../help/ShortcutsDialog'));

/** The dialog that is open, fetched when it is wanted. */
export function RoomDialogs({ dialog, host }: { readonly dialog: DialogState; readonly host: Host | undefined }) {
    return (
        <Suspense>
            {dialog.open === 'settings' && <SettingsDialog onClose={dialog.close} />}
            {dialog.open === 'shortcuts' && <ShortcutsDialog onClose={dialog.close} />}
            {dialog.open === 'end' && host !== undefined && <EndDialog host={host} onClose={dialog.close} />}
        </Suspense>
    );
}
