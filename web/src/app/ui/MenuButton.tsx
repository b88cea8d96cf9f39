import { useCallback, useRef, useState, type ReactNode } from 'react';
import { Menu, type MenuItem } from './Menu';

interface Props {
    readonly label: string;
    readonly icon: ReactNode;
    readonly groups: readonly (readonly MenuItem[])[];
    readonly testId: string;
    readonly className?: string;
}

/** An icon that opens a menu. */
export function MenuButton({ label, icon, groups, testId, className = 'icon-button' }: Props) {
    const button = useRef<HTMLButtonElement>(null);
    const [open, setOpen] = useState(false);
    const close = useCallback(() => setOpen(false), []);

    return (
        <>
            <button ref={button} type="button" className={className} aria-haspopup="menu" aria-expanded={open} aria-label={label}
                title={label} data-testid={testId} onClick={() => setOpen(!open)}>
                {icon}
            </button>
            {open && <Menu label={label} groups={groups} anchor={button} onClose={close} />}
        </>
    );
}
