export interface GroupableMessage {
    readonly id: string;
    readonly participantId: string;
    readonly name: string;
    readonly text: string;
    readonly time: number;
    /** The one participant who sees it, and that person's name. */
    readonly to?: string;
    readonly toName?: string;
}

/** Messages that one person sent shortly after each other to the same people, shown under one name and time. */
export interface ChatGroup<M extends GroupableMessage> {
    readonly key: string;
    readonly name: string;
    readonly own: boolean;
    readonly to?: string | undefined;
    readonly toName?: string | undefined;
    readonly time: number;
    readonly messages: readonly M[];
}

const GROUP_MILLIS = 3 * 60_000;

export function groupMessages<M extends GroupableMessage>(messages: readonly M[], selfId: string): ChatGroup<M>[] {
    const groups: (ChatGroup<M> & { from: string; messages: M[] })[] = [];
    for (const message of messages) {
        const last = groups.at(-1);
        const previous = last?.messages.at(-1);
        if (last !== undefined && previous !== undefined && last.from === message.participantId
                && last.name === message.name && last.to === message.to && message.time - previous.time < GROUP_MILLIS) {
            last.messages.push(message);
        } else {
            groups.push({
                key: message.id,
                name: message.name,
                own: message.participantId === selfId,
                to: message.to,
                toName: message.toName,
                time: message.time,
                from: message.participantId,
                messages: [message],
            });
        }
    }
    return groups;
}
