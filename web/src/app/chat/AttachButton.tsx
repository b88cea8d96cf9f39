import { useRef } from 'react';
import { useT } from '../i18n';
import { fileSize } from '../lib/format';
import { AttachIcon } from '../ui/icons';

interface Props {
    /** Bytes of one file; said before anything is chosen. */
    readonly limit: number;
    readonly onFiles: (files: readonly File[]) => void;
}

export function AttachButton({ limit, onFiles }: Props) {
    const t = useT();
    const input = useRef<HTMLInputElement>(null);
    const hint = t('chat.attach', { limit: fileSize(limit) });
    return (
        <>
            <button type="button" className="composer__tool" aria-label={hint} title={hint} data-testid="chat-attach"
                onClick={() => input.current?.click()}>
                <AttachIcon size={20} />
            </button>
            <input ref={input} type="file" multiple hidden aria-label={hint} data-testid="chat-file-input" onChange={(event) => {
                onFiles([...(event.target.files ?? [])]);
                event.target.value = '';
            }} />
        </>
    );
}
