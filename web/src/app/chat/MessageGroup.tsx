import type { ChatMessage } from '../../sdk';
import { useT, type Translate } from '../i18n';
import type { ChatGroup } from '../lib/chatGroups';
import { clockTime } from '../lib/format';
import { CheckIcon } from '../ui/icons';
import { FileLink } from './FileLink';
import { MessageText } from './MessageText';

interface Props {
    readonly group: ChatGroup<ChatMessage>;
    /** The newest of one's own messages says that it has arrived. */
    readonly newestOwn: string | undefined;
}

/** What one person said in a row. */
export function MessageGroup({ group, newestOwn }: Props) {
    const t = useT();
    const secret = group.to !== undefined;
    return (
        <section className={['chat-group', group.own && 'chat-group--own', secret && 'chat-group--private'].filter(Boolean).join(' ')}>
            <header className="chat-group__head">
                <span className="chat-group__name">{authorOf(group, t)}</span>
                <time dateTime={new Date(group.time).toISOString()}>{clockTime(group.time)}</time>
            </header>
            {group.messages.map((message) => (
                <div key={message.id} className="chat-item">
                    {message.file !== undefined && <FileLink file={message.file} />}
                    {message.text !== '' && (
                        <p className="chat-message" dir="auto" data-testid="chat-message" data-seq={message.seq} data-name={message.name}
                            data-own={group.own} data-private={secret}><MessageText text={message.text} /></p>
                    )}
                    {message.id === newestOwn && (
                        <p className="chat-state" data-testid="chat-sent"><CheckIcon size={14} />{t('chat.sent')}</p>
                    )}
                </div>
            ))}
        </section>
    );
}

function authorOf({ own, name, to, toName }: ChatGroup<ChatMessage>, t: Translate): string {
    if (to === undefined) {
        return own ? t('common.you') : name;
    }
    return own ? t('chat.youPrivately', { name: toName ?? '' }) : t('chat.privatelyFrom', { name });
}
