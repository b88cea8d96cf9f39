import { useMemo, type RefObject } from 'react';
import type { MeetingSnapshot } from '../../sdk';
import { useT } from '../i18n';
import { groupMessages } from '../lib/chatGroups';
import { SidePanel } from '../room/SidePanel';
import { ChatIcon } from '../ui/icons';
import { Composer } from './Composer';
import type { Draft } from './draft';
import { MessageGroup } from './MessageGroup';
import { PendingMessage } from './PendingMessage';
import { useNewestInView } from './useNewestInView';
import type { Outbox } from './useOutbox';

interface Props {
    readonly snapshot: MeetingSnapshot;
    readonly outbox: Outbox;
    /** What was being written, and to whom, is kept while the panel is closed. */
    readonly draft: RefObject<Draft>;
    readonly onClose: () => void;
}

/** Everything that was said in writing, and the field to say more. Loaded when it is opened. */
export function ChatPanel({ snapshot, outbox, draft, onClose }: Props) {
    const t = useT();
    const { chat, self } = snapshot;
    const groups = useMemo(() => groupMessages(chat, self.id), [chat, self.id]);
    const newestOwn = useMemo(() => chat.findLast((message) => message.participantId === self.id)?.id, [chat, self.id]);
    const ownLast = outbox.items.length > 0 || chat.at(-1)?.participantId === self.id;
    const { list, more, showNewest } = useNewestInView(chat.length + outbox.items.length, ownLast);

    return (
        <SidePanel title={t('room.chat')} closeLabel={t('room.closeChat')} testId="chat-panel" onClose={onClose}>
            <div className="chat" ref={list} role="log" aria-label={t('chat.messages')} tabIndex={0}>
                {groups.length === 0 && outbox.items.length === 0 && (
                    <div className="chat__empty"><ChatIcon size={32} /><p>{t('chat.empty')}</p></div>
                )}
                {groups.map((group) => <MessageGroup key={group.key} group={group} newestOwn={newestOwn} />)}
                {outbox.items.map((item) => <PendingMessage key={item.key} item={item} outbox={outbox} />)}
            </div>
            {more && <button type="button" className="button chat__more" onClick={showNewest}>{t('chat.newMessages')}</button>}
            <Composer draft={draft} people={snapshot.participants} fileLimit={snapshot.fileLimit} outbox={outbox} />
        </SidePanel>
    );
}

export default ChatPanel;
