import type { ChatFile } from '../../sdk';
import { useT } from '../i18n';
import { fileSize } from '../lib/format';
import { safeHref } from '../lib/linkify';
import { FileIcon } from '../ui/icons';

/** A file in the chat: saved on a click, never opened in the page. */
export function FileLink({ file }: { readonly file: ChatFile }) {
    const t = useT();
    return (
        <a className="chat-file" href={safeHref(file.url, window.location.href)} download={file.name} rel="noopener noreferrer"
            target="_blank" data-testid="chat-file">
            <FileIcon />
            <span className="chat-file__text">
                <span className="visually-hidden">{t('chat.file')} </span>
                <span className="chat-file__name">{file.name}</span>
                <span className="chat-file__size">{fileSize(file.size)}</span>
            </span>
        </a>
    );
}
