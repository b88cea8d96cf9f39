import { lazy, Suspense, useCallback, useRef, useState } from 'react';
import { useT } from '../i18n';
import { SmileIcon } from '../ui/icons';

const EmojiPicker = lazy(() => import('./emoji/EmojiPicker'));

/** Opens the emoji, which are fetched only then. */
export function EmojiButton({ onPick }: { readonly onPick: (emoji: string) => void }) {
    const t = useT();
    const button = useRef<HTMLButtonElement>(null);
    const [open, setOpen] = useState(false);
    const close = useCallback(() => setOpen(false), []);

    return (
        <>
            <button ref={button} type="button" className="composer__tool" aria-haspopup="dialog" aria-expanded={open}
                aria-label={t('chat.emoji')} title={t('chat.emoji')} data-testid="chat-emoji" onClick={() => setOpen(!open)}>
                <SmileIcon size={20} />
            </button>
            {open && (
                <Suspense>
                    <EmojiPicker anchor={button} onClose={close} onPick={(emoji) => { close(); onPick(emoji); }} />
                </Suspense>
            )}
        </>
    );
}
