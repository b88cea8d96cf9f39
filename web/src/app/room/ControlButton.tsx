import type { ReactNode, Ref } from 'react';
import { useT } from '../i18n';
import { badge as badgeText } from '../lib/format';

interface Props {
    readonly icon: ReactNode;
    readonly label: string;
    /** What pressing it does now. */
    readonly hint: string;
    readonly shortcut?: string;
    readonly pressed?: boolean;
    readonly tone?: 'plain' | 'off' | 'active' | 'leave';
    readonly badge?: number;
    /** What the badge counts, for screen readers; new messages if not given. */
    readonly badgeText?: string;
    readonly busy?: boolean;
    /** Given for a button that opens a menu: whether it is open. */
    readonly menu?: boolean;
    readonly className?: string;
    readonly testId: string;
    readonly ref?: Ref<HTMLButtonElement>;
    readonly onClick: () => void;
}

/** A button of the control bar: icon, short label, and a tip that names the action and its key. */
export function ControlButton(props: Props) {
    const t = useT();
    const { icon, label, hint, shortcut, pressed, tone = 'plain', badge = 0, busy = false, testId, onClick } = props;
    return (
        <button type="button" ref={props.ref} className={`control control--${tone} ${props.className ?? ''}`}
            aria-pressed={pressed} aria-keyshortcuts={shortcut} aria-busy={busy || undefined} aria-haspopup={props.menu === undefined ? undefined : 'menu'}
            aria-expanded={props.menu} data-testid={testId} onClick={onClick}>
            <span className="control__face">
                {busy ? <span className="spinner" aria-hidden="true" /> : icon}
                {badge > 0 && <span className="control__badge" data-testid={`${testId}-badge`}>{badgeText(badge)}</span>}
            </span>
            <span className="control__label">{label}</span>
            {badge > 0 && <span className="visually-hidden">, {props.badgeText ?? t('room.newBadge', { count: badge })}</span>}
            <span className="control__tip" aria-hidden="true">
                {hint}{shortcut !== undefined && <kbd>{shortcut.toUpperCase()}</kbd>}
            </span>
        </button>
    );
}
