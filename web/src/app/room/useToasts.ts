import { useCallback, useEffect, useRef, useState } from 'react';

export interface Toast {
    readonly id: number;
    readonly title?: string;
    readonly text: string;
    readonly tone: 'plain' | 'error';
    /** What can be done about it; such news stay until they are answered. */
    readonly action?: ToastAction;
}

export interface ToastAction {
    readonly label: string;
    readonly run: () => void;
}

const SHOWN_MILLIS = 4500;
const ERROR_SHOWN_MILLIS = 9000;
const MOST_AT_ONCE = 3;

export type Say = (text: string, options?: { readonly title?: string; readonly tone?: Toast['tone']; readonly action?: ToastAction }) => void;

export function useToasts() {
    const [toasts, setToasts] = useState<readonly Toast[]>([]);
    const nextId = useRef(1);
    const timers = useRef(new Map<number, number>());

    const close = useCallback((id: number) => {
        window.clearTimeout(timers.current.get(id));
        timers.current.delete(id);
        setToasts((old) => old.filter((toast) => toast.id !== id));
    }, []);

    const say = useCallback<Say>((text, options = {}) => {
        const id = nextId.current++;
        const tone = options.tone ?? 'plain';
        const toast: Toast = { id, text, tone, ...(options.title !== undefined && { title: options.title }),
            ...(options.action !== undefined && { action: options.action }) };
        setToasts((old) => [...old, toast].slice(-MOST_AT_ONCE));
        if (options.action === undefined) {
            timers.current.set(id, window.setTimeout(() => close(id), tone === 'error' ? ERROR_SHOWN_MILLIS : SHOWN_MILLIS));
        }
    }, [close]);

    useEffect(() => {
        const running = timers.current;
        return () => running.forEach((timer) => window.clearTimeout(timer));
    }, []);

    return { toasts, say, close };
}
