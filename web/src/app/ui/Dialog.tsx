import { useEffect, useId, useRef, type ReactNode } from 'react';
import { useT } from '../i18n';
import { CloseIcon } from './icons';

interface Props {
    readonly title: string;
    readonly testId: string;
    readonly onClose: () => void;
    readonly children: ReactNode;
    /** What stands below, apart from what scrolls. */
    readonly footer?: ReactNode;
    readonly wide?: boolean;
    /** A question that wants an answer: announced at once, and without a cross. */
    readonly alert?: boolean;
}

/** Over everything, with the focus held inside; Escape closes it and the focus goes back to where it was. */
export function Dialog({ title, testId, onClose, children, footer, wide = false, alert = false }: Props) {
    const t = useT();
    const id = useId();
    const dialog = useRef<HTMLDialogElement>(null);

    useEffect(() => {
        const element = dialog.current;
        if (element !== null && !element.open) {
            element.showModal();
        }
        return () => element?.close();
    }, []);

    return (
        <dialog ref={dialog} className={wide ? 'dialog dialog--wide' : 'dialog'} role={alert ? 'alertdialog' : undefined}
            aria-labelledby={id} aria-describedby={alert ? `${id}-text` : undefined} data-testid={testId}
            onCancel={(event) => { event.preventDefault(); onClose(); }}
            onClick={(event) => { if (event.target === dialog.current) onClose(); }}>
            <div className="dialog__box">
                <div className="dialog__header">
                    <h2 id={id} className="dialog__title">{title}</h2>
                    {!alert && (
                        <button type="button" className="icon-button" aria-label={t('common.close')} title={t('room.closePanel')}
                            data-testid="close-dialog" onClick={onClose}>
                            <CloseIcon />
                        </button>
                    )}
                </div>
                {/* Long ones are scrolled with the keys too. */}
                <div id={`${id}-text`} className="dialog__body" tabIndex={alert ? undefined : 0} role={alert ? undefined : 'group'}
                    aria-labelledby={alert ? undefined : id}>
                    {children}
                </div>
                {footer !== undefined && <div className="dialog__footer">{footer}</div>}
            </div>
        </dialog>
    );
}
