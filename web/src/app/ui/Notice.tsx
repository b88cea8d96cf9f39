import type { ReactNode } from 'react';
import { WarningIcon } from './icons';

interface Props {
    readonly title?: string;
    readonly children: ReactNode;
    readonly tone?: 'warning' | 'danger';
    readonly testId?: string;
}

/** A sentence that needs attention and, where possible, says what to do. Announced to screen readers. */
export function Notice({ title, children, tone = 'warning', testId }: Props) {
    return (
        <div className={`notice notice--${tone}`} role="alert" data-testid={testId}>
            <WarningIcon size={20} />
            <div>
                {title !== undefined && <strong className="notice__title">{title}</strong>}
                <div className="notice__text">{children}</div>
            </div>
        </div>
    );
}
