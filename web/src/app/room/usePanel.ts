import { useCallback, useRef, useState, type RefObject } from 'react';

export type PanelName = 'chat' | 'people' | 'stats';

export interface Panel {
    readonly open: PanelName | undefined;
    /** The buttons that open the panels: focus returns there when a panel closes. */
    readonly buttons: Readonly<Record<Exclude<PanelName, 'stats'>, RefObject<HTMLButtonElement | null>>>;
    toggle(name: PanelName): void;
    readonly show: (name: PanelName) => void;
    close(): void;
}

/** At most one panel beside the stage. */
export function usePanel(): Panel {
    const [open, setOpen] = useState<PanelName>();
    const chat = useRef<HTMLButtonElement>(null);
    const people = useRef<HTMLButtonElement>(null);
    const buttons = useRef({ chat, people }).current;

    /** The statistics have no button of their own: focus goes back to where it was. */
    const opener = useRef<Element>(null);

    const close = useCallback(() => {
        setOpen((name) => {
            if (name === 'stats') {
                (opener.current as HTMLElement | null)?.focus();
            } else if (name !== undefined) {
                buttons[name].current?.focus();
            }
            return undefined;
        });
    }, [buttons]);
    const show = useCallback((name: PanelName) => {
        opener.current = document.activeElement;
        setOpen(name);
    }, []);
    const toggle = useCallback((name: PanelName) => {
        opener.current = document.activeElement;
        setOpen((old) => (old === name ? undefined : name));
    }, []);

    return { open, buttons, toggle, show, close };
}
