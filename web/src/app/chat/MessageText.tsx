import { linkify } from '../lib/linkify';

/** What was written, with addresses to click; never anything but text and links. */
export function MessageText({ text }: { readonly text: string }) {
    return linkify(text).map((part, index) => (typeof part === 'string' ? part : (
        <a key={index} className="chat-link" href={part.href} target="_blank" rel="noopener noreferrer nofollow">{part.text}</a>
    )));
}
