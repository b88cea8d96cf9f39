import { useRef, type KeyboardEvent, type ReactNode, type RefObject } from 'react';
import { useFloating } from './useFloating';

interface Props {
    readonly label: string;
    readonly anchor: RefObject<HTMLElement | null>;
    readonly onClose: () => void;
    readonly className?: string;
    readonly testId: string;
    /** It holds fields, which need the arrow keys for themselves: Tab goes through them and round. The first of them gets the focus. */
    readonly form?: boolean;
    readonly children: ReactNode;
}

const FIELDS = 'button:not(:disabled), input';

/**
 * A small window beside its button, with buttons in it that arrow keys walk through. Escape closes it, as does Tab where there are no
 * fields, and the focus goes back to the button.
 */
export function Popover({ label, anchor, onClose, className = '', testId, form = false, children }: Props) {
    const box = useRef<HTMLDivElement>(null);

    useFloating(box, anchor, form ? 'input' : 'button', onClose);

    const press = (event: KeyboardEvent) => {
        if (form && event.key === 'Tab') {
            event.preventDefault();
            const fields = [...(box.current?.querySelectorAll<HTMLElement>(FIELDS) ?? [])];
            fields.at((fields.indexOf(event.target as HTMLElement) + (event.shiftKey ? -1 : 1)) % fields.length)?.focus();
        } else if (event.key === 'Escape' || event.key === 'Tab') {
            event.preventDefault();
            anchor.current?.focus();
            onClose();
        } else if (box.current !== null && walk(event.key, box.current, event.target)) {
            event.preventDefault();
        }
        event.stopPropagation();
    };

    return (
        <div ref={box} className={`popover ${className}`} role="dialog" aria-label={label} popover="manual" data-testid={testId}
            onKeyDown={press}>
            {children}
        </div>
    );
}

/** Moves the focus; up and down go to the button that is nearest in the next line. */
function walk(key: string, box: HTMLElement, from: EventTarget): boolean {
    const all = [...box.querySelectorAll<HTMLElement>('button')];
    const at = all.findIndex((button) => button === from);
    const here = all[at]?.getBoundingClientRect();
    const lines = (down: boolean) => all.filter((button) => {
        const { top } = button.getBoundingClientRect();
        return here !== undefined && (down ? top > here.top + 4 : top < here.top - 4);
    });
    const nearest = (candidates: HTMLElement[], down: boolean) => {
        const distance = (button: HTMLElement) => {
            const { top, left } = button.getBoundingClientRect();
            return Math.abs(top - (here?.top ?? 0)) * 1000 + Math.abs(left - (here?.left ?? 0));
        };
        return (down ? candidates : candidates.reverse()).sort((a, b) => distance(a) - distance(b))[0];
    };
    const next = key === 'ArrowRight' ? all[(at + 1) % all.length]
        : key === 'ArrowLeft' ? all.at(at - 1)
        : key === 'ArrowDown' ? nearest(lines(true), true)
        : key === 'ArrowUp' ? nearest(lines(false), false)
        : key === 'Home' ? all[0]
        : key === 'End' ? all.at(-1)
        : undefined;
    next?.focus();
    return next !== undefined;
}
