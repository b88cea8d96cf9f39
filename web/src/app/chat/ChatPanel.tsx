import { useMemo, type RefObject } from 'react';
import { useT } from '../i18n';
import type { ChatMessage } from '../../sdk';
import { groupMessages, type ChatGroup } from '../lib/chatGroups';
import { clockTime } from '../lib/format';
import { ChatIcon } from '../ui/icons';
import { Composer } from './Composer';
import { useNewestInView } from './useNewestInView';

interface Props {
    readonly messages: readonly ChatMessage[];
    readonly selfId: string;
    /** What was being written is kept while the panel is closed. */
    readonly draft: RefObject<string>;
    readonly onSend: (text: string) => Promise<unknown>;
}

export function ChatPanel({ messages, selfId, draft, onSend }: Props) {
    const t = useT();
    const groups = useMemo(() => groupMessages(messages, selfId), [messages, selfId]);
    const { list, more, showNewest } = useNewestInView(messages.length, messages.at(-1)?.participantId === selfId);

    return (
        <>
            <div className="chat" ref={list} role="log" aria-label={t('chat.messages')} tabIndex={0}>
                {groups.length === 0 && (
                    <div className="chat__empty"><ChatIcon size={32} /><p>{t('chat.empty')}</p></div>
                )}
                {groups.map((group) => <Group key={group.key} group={group} />)}
            </div>
            {more && <button type="button" className="button chat__more" onClick={showNewest}>{t('chat.newMessages')}</button>}
            <Composer draft={draft} onSend={onSend} />
        </>
    );
}

function Group({ group }: { readonly group: ChatGroup<ChatMessage> }) {
    const t = useT();
    return (
        <section className={group.own ? 'chat-group chat-group--own' : 'chat-group'}>
            <header className="chat-group__head">
                <span className="chat-group__name">{group.own ? t('common.you') : group.name}</span>
                <time dateTime={new Date(group.time).toISOString()}>{clockTime(group.time)}</time>
            </header>
            {group.messages.map((message) => (
                <p key={message.id} className="chat-message" dir="auto" data-testid="chat-message" data-seq={message.seq}
                    data-name={message.name} data-own={group.own}>{message.text}</p>
            ))}
        </section>
    );
}
