import { useT } from '../i18n';
import { ConfirmDialog } from '../ui/ConfirmDialog';
import type { Host } from './useHost';

export function EndDialog({ host, onClose }: { readonly host: Host; readonly onClose: () => void }) {
    const t = useT();
    return (
        <ConfirmDialog title={t('people.endTitle')} text={t('people.endText')} action={t('people.endAction')} onCancel={onClose}
            onConfirm={() => { onClose(); host.endForAll(); }} />
    );
}
