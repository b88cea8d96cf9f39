import { useLayoutEffect, useRef, useState, type KeyboardEvent, type RefObject } from 'react';
import { useT } from '../i18n';
import { fileSize } from '../lib/format';
import { SendIcon } from '../ui/icons';
import { AttachButton } from './AttachButton';
import type { Draft } from './draft';
import { EmojiButton } from './EmojiButton';
import { RecipientPicker } from './RecipientPicker';
import type { Outbox, Recipient } from './useOutbox';

interface Props {
    readonly draft: RefObject<Draft>;
    readonly people: readonly Recipient[];
    /** Bytes; 0 where files are not taken. */
    readonly fileLimit: number;
    readonly outbox: Outbox;
}

const LONGEST_MESSAGE = 2000;
const TALLEST = 140;

/** Enter sends, shift and enter starts a new line. */
export function Composer({ draft, people, fileLimit, outbox }: Props) {
    const t = useT();
    const [text, setText] = useState(draft.current.text);
    const [to, setTo] = useState(draft.current.to);
    const [error, setError] = useState<string>();
    const field = useRef<HTMLTextAreaElement>(null);
    const gone = to !== undefined && !people.some(({ id }) => id === to.id);

    const change = (value: string) => {
        draft.current.text = value;
        setText(value);
        setError(undefined);
    };
    const choose = (person: Recipient | undefined) => {
        draft.current.to = person;
        setTo(person);
        setError(undefined);
    };

    /** What was meant for one person is never sent to all, nor to nobody. */
    const mayGo = (): boolean => {
        if (gone) {
            setError(t('chat.recipientGone', { name: to.name }));
        }
        return !gone;
    };
    const send = () => {
        const message = text.trim();
        if (message !== '' && mayGo()) {
            outbox.send(message, to);
            change('');
        }
    };
    const sendFiles = (files: readonly File[]) => {
        const tooLarge = files.find((file) => file.size > fileLimit);
        if (tooLarge !== undefined) {
            setError(t('chat.fileTooLarge', { name: tooLarge.name, limit: fileSize(fileLimit) }));
        } else if (mayGo()) {
            setError(undefined);
            files.forEach((file) => outbox.sendFile(file, to));
        }
    };
    const insert = (emoji: string) => {
        const { selectionStart: from = text.length, selectionEnd: end = text.length } = field.current ?? {};
        change(text.slice(0, from) + emoji + text.slice(end));
        field.current?.focus();
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
            <RecipientPicker people={people} to={to} onChoose={choose} />
            <form className={to === undefined ? 'composer__row' : 'composer__row composer__row--private'}
                onSubmit={(event) => { event.preventDefault(); send(); }}>
                <textarea ref={field} className="composer__field" data-testid="chat-input" data-first-focus rows={1}
                    aria-label={to === undefined ? t('chat.toEveryone') : t('chat.toOne', { name: to.name })}
                    placeholder={to === undefined ? t('chat.placeholder') : t('chat.placeholderPrivate')} maxLength={LONGEST_MESSAGE}
                    value={text} onChange={(event) => change(event.target.value)} onKeyDown={press}
                    onPaste={(event) => {
                        const files = [...event.clipboardData.files];
                        if (files.length > 0 && fileLimit > 0) {
                            event.preventDefault();
                            sendFiles(files);
                        }
                    }} />
                <EmojiButton onPick={insert} />
                {fileLimit > 0 && <AttachButton limit={fileLimit} onFiles={sendFiles} />}
                <button type="submit" className="composer__send" aria-label={t('chat.send')} title={t('chat.sendHint')}
                    data-testid="chat-send" disabled={text.trim() === ''}>
                    <SendIcon size={20} />
                </button>
            </form>
        </div>
    );
}
