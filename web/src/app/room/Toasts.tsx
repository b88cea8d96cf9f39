import { useT } from '../i18n';
import { CloseIcon } from '../ui/icons';
import type { Toast } from './useToasts';

interface Props {
    readonly toasts: readonly Toast[];
    readonly onClose: (id: number) => void;
}

/** Short news at the edge of the stage, read aloud by screen readers as it comes. */
export function Toasts({ toasts, onClose }: Props) {
    const t = useT();
    return (
        <div className="toasts" role="status" aria-live="polite" aria-relevant="additions" data-testid="toasts">
            {toasts.map((toast) => (
                <div key={toast.id} className={`toast toast--${toast.tone}`} data-testid="toast">
                    <span className="toast__text">
                        {toast.title !== undefined && <strong>{toast.title}</strong>}
                        {toast.text}
                    </span>
                    {toast.action !== undefined && (
                        <button type="button" className="toast__action" data-testid="toast-action"
                            onClick={() => { onClose(toast.id); toast.action?.run(); }}>{toast.action.label}</button>
                    )}
                    <button type="button" className="toast__close" aria-label={t('common.dismiss')} onClick={() => onClose(toast.id)}>
                        <CloseIcon size={16} />
                    </button>
                </div>
            ))}
        </div>
    );
}
