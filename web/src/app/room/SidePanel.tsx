import { useEffect, useRef, type ReactNode } from 'react';
import { useT } from '../i18n';
import { CloseIcon } from '../ui/icons';

interface Props {
    readonly title: string;
    readonly closeLabel: string;
    readonly testId: string;
    readonly onClose: () => void;
    readonly children: ReactNode;
}

/** Beside the stage on wide windows, a sheet over it on small ones. Takes the focus when it opens. */
export function SidePanel({ title, closeLabel, testId, onClose, children }: Props) {
    const t = useT();
    const panel = useRef<HTMLElement>(null);

    useEffect(() => {
        const first = panel.current?.querySelector<HTMLElement>('[data-first-focus]') ?? panel.current;
        first?.focus();
    }, []);

    return (
        <aside className="panel" ref={panel} tabIndex={-1} aria-label={title} data-testid={testId}>
            <header className="panel__header">
                <h2 className="panel__title">{title}</h2>
                <button type="button" className="icon-button" aria-label={closeLabel} title={t('room.closePanel')}
                    data-testid="close-panel" onClick={onClose}>
                    <CloseIcon />
                </button>
            </header>
            {children}
        </aside>
    );
}
