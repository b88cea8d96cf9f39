import { useT } from '../i18n';
import { fileSize } from '../lib/format';
import { FileIcon } from '../ui/icons';
import type { Outbox, Outgoing } from './useOutbox';

/** A message that has not arrived: how far it is, or why it failed and what to do. */
export function PendingMessage({ item, outbox }: { readonly item: Outgoing; readonly outbox: Outbox }) {
    const t = useT();
    const { key, file, state } = item;
    return (
        <div className="chat-group chat-group--own" data-testid="chat-pending" data-state={state}>
            {file === undefined ? <p className="chat-message chat-message--pending" dir="auto">{item.text}</p> : (
                <div className="chat-file chat-message--pending">
                    <FileIcon />
                    <span className="chat-file__text">
                        <span className="chat-file__name">{file.name}</span>
                        <span className="chat-file__size">{fileSize(file.size)}</span>
                    </span>
                </div>
            )}
            {state === 'sending' && file !== undefined && (
                <progress className="chat-progress" value={item.progress} aria-label={t('chat.uploading', { name: file.name })} />
            )}
            <p className={state === 'failed' ? 'chat-state chat-state--failed' : 'chat-state'} role={state === 'failed' ? 'alert' : undefined}>
                {state === 'failed' ? t('chat.notSent', { reason: item.error ?? '' }) : t('chat.sending')}
            </p>
            {(state === 'failed' || file !== undefined) && (
                <div className="chat-state__actions">
                    {state === 'failed' && (
                        <button type="button" className="link-button" data-testid="chat-retry" onClick={() => outbox.retry(key)}>
                            {t('common.tryAgain')}
                        </button>
                    )}
                    <button type="button" className="link-button" data-testid="chat-discard" onClick={() => outbox.discard(key)}>
                        {t(state === 'failed' ? 'chat.discard' : 'common.cancel')}
                    </button>
                </div>
            )}
        </div>
    );
}
