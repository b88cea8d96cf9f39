import { useLayoutEffect, useRef, useState, type KeyboardEvent, type RefObject } from 'react';
import { useT } from '../i18n';
import { errorText } from '../lib/errorText';
import { SendIcon } from '../ui/icons';

interface Props {
    readonly draft: RefObject<string>;
    readonly onSend: (text: string) => Promise<unknown>;
}

const LONGEST_MESSAGE = 2000;
const TALLEST = 140;

/** Enter sends, shift and enter starts a new line. A message that could not be sent comes back into the field. */
export function Composer({ draft, onSend }: Props) {
    const t = useT();
    const [text, setText] = useState(draft.current);
    const [error, setError] = useState<string>();
    const field = useRef<HTMLTextAreaElement>(null);

    const change = (value: string) => {
        draft.current = value;
        setText(value);
    };

    const send = () => {
        const message = text.trim();
        if (message === '') {
            return;
        }
        change('');
        setError(undefined);
        onSend(message).catch((cause: unknown) => {
            setError(errorText(cause));
            change(draft.current === '' ? message : `${message}\n${draft.current}`);
        });
    };

    const press = (event: KeyboardEvent) => {
        // While an input method composes a character, enter belongs to it.
        if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
            event.preventDefault();
            send();
        }
    };

    useLayoutEffect(() => {
        const area = field.current;
        if (area !== null) {
            area.style.height = 'auto';
            area.style.height = `${Math.min(TALLEST, area.scrollHeight)}px`;
        }
    }, [text]);

    return (
        <div className="composer">
            {error !== undefined && <p className="field__error" role="alert" data-testid="chat-error">{error}</p>}
            <form className="composer__row" onSubmit={(event) => { event.preventDefault(); send(); }}>
                <textarea ref={field} className="composer__field" data-testid="chat-input" data-first-focus rows={1}
                    aria-label={t('chat.toEveryone')} placeholder={t('chat.placeholder')} maxLength={LONGEST_MESSAGE} value={text}
                    onChange={(event) => change(event.target.value)} onKeyDown={press} />
                <button type="submit" className="composer__send" aria-label={t('chat.send')} title={t('chat.sendHint')} data-testid="chat-send"
                    disabled={text.trim() === ''}>
                    <SendIcon size={20} />
                </button>
            </form>
        </div>
    );
}
