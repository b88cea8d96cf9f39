import type { ReactNode } from 'react';
import { useT } from '../i18n';
import { Dialog } from './Dialog';

interface Props {
    readonly title: string;
    readonly text: string;
    /** What the button does, in its own words. */
    readonly action: string;
    readonly onConfirm: () => void;
    readonly onCancel: () => void;
    readonly children?: ReactNode;
}

/** Asks before something that cannot be undone. The harmless answer has the focus. */
export function ConfirmDialog({ title, text, action, onConfirm, onCancel, children }: Props) {
    const t = useT();
    return (
        <Dialog title={title} testId="confirm-dialog" alert onClose={onCancel} footer={(
            <>
                <button type="button" className="button button--soft" data-testid="confirm-cancel" autoFocus onClick={onCancel}>
                    {t('common.cancel')}
                </button>
                <button type="button" className="button button--danger" data-testid="confirm-action" onClick={onConfirm}>{action}</button>
            </>
        )}>
            <p>{text}</p>
            {children}
        </Dialog>
    );
}
