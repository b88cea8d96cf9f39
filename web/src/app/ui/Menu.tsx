import { useRef, type KeyboardEvent, type ReactNode, type RefObject } from 'react';
import { CheckIcon } from './icons';
import { useFloating } from './useFloating';

export interface MenuItem {
    readonly id: string;
    readonly label: string;
    readonly icon?: ReactNode;
    /** A single key that does the same. */
    readonly shortcut?: string;
    /** Given for what is on or off. */
    readonly checked?: boolean;
    /** One of several of its group of which exactly one is checked. */
    readonly choice?: boolean;
    readonly danger?: boolean;
    readonly onSelect: () => void;
}

interface Props {
    readonly label: string;
    /** Parts of the menu, with a line between them; empty ones are left out. */
    readonly groups: readonly (readonly MenuItem[])[];
    readonly anchor: RefObject<HTMLElement | null>;
    readonly onClose: () => void;
}

/** A menu beside its button: arrows, Home and End move, a letter jumps, Escape and Tab close. The focus goes back to the button. */
export function Menu({ label, groups, anchor, onClose }: Props) {
    const menu = useRef<HTMLDivElement>(null);
    const shown = groups.filter((group) => group.length > 0);

    useFloating(menu, anchor, '[role^=menuitem]', onClose);

    const close = () => {
        anchor.current?.focus();
        onClose();
    };
    const press = (event: KeyboardEvent) => {
        const all = items(menu.current);
        const at = all.findIndex((item) => item === event.target);
        const next = target(event.key, at, all);
        if (next !== undefined) {
            event.preventDefault();
            next.focus();
        } else if (event.key === 'Escape' || event.key === 'Tab') {
            event.preventDefault();
            close();
        }
        event.stopPropagation();
    };

    return (
        <div ref={menu} className="menu" role="menu" aria-label={label} popover="manual" onKeyDown={press}>
            {shown.map((group, index) => (
                <div key={index} role="group" className="menu__group">
                    {group.map((item) => <Entry key={item.id} item={item} onDone={close} />)}
                </div>
            ))}
        </div>
    );
}

function Entry({ item, onDone }: { readonly item: MenuItem; readonly onDone: () => void }) {
    return (
        <button type="button" tabIndex={-1} role={roleOf(item)}
            aria-checked={item.checked} aria-keyshortcuts={item.shortcut} data-testid={`menu-${item.id}`}
            className={item.danger ? 'menu__item menu__item--danger' : 'menu__item'}
            onClick={() => { onDone(); item.onSelect(); }}>
            <span className="menu__icon">{item.icon}</span>
            <span className="menu__label">{item.label}</span>
            {item.choice ? <span className="menu__choice">{item.checked && <CheckIcon size={18} />}</span>
                : item.checked !== undefined && <span className="toggle__face" aria-hidden="true" />}
            {item.shortcut !== undefined && <kbd className="menu__key">{item.shortcut.toUpperCase()}</kbd>}
        </button>
    );
}

function roleOf({ checked, choice }: MenuItem): string {
    return checked === undefined ? 'menuitem' : choice ? 'menuitemradio' : 'menuitemcheckbox';
}

function items(menu: HTMLElement | null): HTMLElement[] {
    return [...(menu?.querySelectorAll<HTMLElement>('[role^=menuitem]') ?? [])];
}

function target(key: string, at: number, all: readonly HTMLElement[]): HTMLElement | undefined {
    switch (key) {
        case 'ArrowDown':
            return all[(at + 1) % all.length];
        case 'ArrowUp':
            return all.at((at <= 0 ? 0 : at) - 1);
        case 'Home':
            return all[0];
        case 'End':
            return all.at(-1);
        default:
            return key.length === 1 && key !== ' '
                ? [...all.slice(at + 1), ...all.slice(0, at + 1)].find((item) =>
                    item.textContent?.trim().toLowerCase().startsWith(key.toLowerCase()))
                : undefined;
    }
}
