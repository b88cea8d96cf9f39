import { useCallback, useEffect, useRef, useState } from 'react';

export interface Toast {
    readonly id: number;
    readonly title?: string;
    readonly text: string;
    readonly tone: 'plain' | 'error';
}

const SHOWN_MILLIS = 4500;
const ERROR_SHOWN_MILLIS = 9000;
const MOST_AT_ONCE = 3;

export type Say = (text: string, options?: { readonly title?: string; readonly tone?: Toast['tone'] }) => void;

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
        const toast: Toast = { id, text, tone, ...(options.title !== undefined && { title: options.title }) };
        setToasts((old) => [...old, toast].slice(-MOST_AT_ONCE));
        timers.current.set(id, window.setTimeout(() => close(id), tone === 'error' ? ERROR_SHOWN_MILLIS : SHOWN_MILLIS));
    }, [close]);

    useEffect(() => {
        const running = timers.current;
        return () => running.forEach((timer) => window.clearTimeout(timer));
    }, []);

    return { toasts, say, close };
}
