import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { MeetingHandle } from '../lib/meetingHandle';
import { errorText } from '../lib/errorText';

/** A message or file on its way; once the server has it, it is a message of the meeting and no longer here. */
export interface Outgoing {
    readonly key: string;
    readonly text: string;
    readonly to?: Recipient | undefined;
    readonly file?: File | undefined;
    readonly state: 'sending' | 'failed';
    /** 0 to 1, of a file. */
    readonly progress: number;
    readonly error?: string;
}

export interface Recipient {
    readonly id: string;
    readonly name: string;
}

export interface Outbox {
    readonly items: readonly Outgoing[];
    send(text: string, to?: Recipient): void;
    sendFile(file: File, to?: Recipient): void;
    retry(key: string): void;
    /** Gives up what failed or is still on its way. */
    discard(key: string): void;
}

/** What was written and has not arrived yet. Lives as long as the room, so that closing the panel loses nothing. */
export function useOutbox(meeting: MeetingHandle, onFailed: (error: unknown) => void): Outbox {
    const [items, setItems] = useState<readonly Outgoing[]>([]);
    const current = useRef(items);
    const aborts = useRef(new Map<string, AbortController>());
    const failed = useRef(onFailed);

    useEffect(() => {
        current.current = items;
        failed.current = onFailed;
    });

    const change = useCallback((key: string, part: Partial<Outgoing>) => {
        setItems((old) => old.map((item) => (item.key === key ? { ...item, ...part } : item)));
    }, []);
    const drop = useCallback((key: string) => setItems((old) => old.filter((item) => item.key !== key)), []);

    const go = useCallback((item: Outgoing) => {
        const abort = new AbortController();
        aborts.current.set(item.key, abort);
        deliver(meeting, item, abort.signal, (progress) => change(item.key, { progress })).then(
            () => drop(item.key),
            (error: unknown) => {
                if (!abort.signal.aborted) {
                    change(item.key, { state: 'failed', error: errorText(error) });
                    failed.current(error);
                }
            },
        ).finally(() => aborts.current.delete(item.key));
    }, [meeting, change, drop]);

    const add = useCallback((text: string, to: Recipient | undefined, file?: File) => {
        const item: Outgoing = { key: crypto.randomUUID(), text, to, file, state: 'sending', progress: 0 };
        setItems((old) => [...old, item]);
        go(item);
    }, [go]);

    const retry = useCallback((key: string) => {
        const item = current.current.find((each) => each.key === key);
        if (item?.state === 'failed') {
            change(key, { state: 'sending', progress: 0 });
            go(item);
        }
    }, [change, go]);

    const discard = useCallback((key: string) => {
        aborts.current.get(key)?.abort();
        drop(key);
    }, [drop]);

    return useMemo(() => ({
        items,
        send: (text, to) => add(text, to),
        sendFile: (file, to) => add('', to, file),
        retry,
        discard,
    }), [items, add, retry, discard]);
}

function deliver(meeting: MeetingHandle, { text, to, file }: Outgoing, signal: AbortSignal,
    onProgress: (done: number) => void): Promise<unknown> {
    const recipient = to === undefined ? {} : { to: to.id };
    return file === undefined
        ? meeting.sendChat(text, recipient)
        : meeting.sendFile(file, { ...recipient, text, name: file.name, onProgress, signal });
}
