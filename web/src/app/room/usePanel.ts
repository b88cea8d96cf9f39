import { useCallback, useRef, useState, type RefObject } from 'react';

export type PanelName = 'chat' | 'people';

export interface Panel {
    readonly open: PanelName | undefined;
    /** The buttons that open the panels: focus returns there when a panel closes. */
    readonly buttons: Readonly<Record<PanelName, RefObject<HTMLButtonElement | null>>>;
    toggle(name: PanelName): void;
    close(): void;
}

/** At most one panel beside the stage. */
export function usePanel(): Panel {
    const [open, setOpen] = useState<PanelName>();
    const chat = useRef<HTMLButtonElement>(null);
    const people = useRef<HTMLButtonElement>(null);
    const buttons = useRef({ chat, people }).current;

    const close = useCallback(() => {
        setOpen((name) => {
            if (name !== undefined) {
                buttons[name].current?.focus();
            }
            return undefined;
        });
    }, [buttons]);
    const toggle = useCallback((name: PanelName) => setOpen((old) => (old === name ? undefined : name)), []);

    return { open, buttons, toggle, close };
}
