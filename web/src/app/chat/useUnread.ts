import { useEffect, useState } from 'react';
import type { ChatMessage } from '../../sdk';

/** How many messages of others have not been seen yet; everything counts as seen while the chat is open. */
export function useUnread(messages: readonly ChatMessage[], selfId: string, open: boolean): number {
    const [seen, setSeen] = useState(0);
    const newest = messages.at(-1)?.seq ?? 0;

    useEffect(() => {
        if (open) {
            setSeen(newest);
        }
    }, [open, newest]);
    return open ? 0 : messages.filter((message) => message.seq > seen && message.participantId !== selfId).length;
}
