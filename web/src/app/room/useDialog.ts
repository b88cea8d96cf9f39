import { useCallback, useState } from 'react';

export type DialogName = 'settings' | 'shortcuts' | 'end';

export interface DialogState {
    readonly open: DialogName | undefined;
    show(name: DialogName): void;
    readonly close: () => void;
}

/** At most one dialog over the room. */
export function useDialog(): DialogState {
    const [open, setOpen] = useState<DialogName>();
    const close = useCallback(() => setOpen(undefined), []);
    return { open, show: setOpen, close };
}
