export interface LinkPart {
    readonly text: string;
    readonly href: string;
}

/** What begins an address that is made clickable; nothing else is, whatever it looks like. */
const ADDRESS = /\b(?:https?:\/\/|www\.)[^\s<>"`\u2028\u2029\u202a-\u202e\u2066-\u2069]+/giu;
/** Belongs to the sentence rather than to the address in it. */
const SENTENCE_END = /[.,;:!?'’”»*_]+$/u;

/** Cuts a text into plain words and links. The words of a link are exactly what was written. */
export function linkify(text: string): (string | LinkPart)[] {
    const parts: (string | LinkPart)[] = [];
    let from = 0;
    for (const { 0: match, index } of text.matchAll(ADDRESS)) {
        const address = withoutEnd(match);
        const href = safeHref(address);
        if (href !== undefined) {
            parts.push(text.slice(from, index), { text: address, href });
            from = index + address.length;
        }
    }
    parts.push(text.slice(from));
    return parts.filter((part) => part !== '');
}

function withoutEnd(address: string): string {
    let trimmed = address.replace(SENTENCE_END, '');
    // A bracket around the address is not a part of it; one that is opened within it is.
    while (/[)\]}]$/.test(trimmed) && count(trimmed, /[)\]}]/g) > count(trimmed, /[([{]/g)) {
        trimmed = trimmed.slice(0, -1).replace(SENTENCE_END, '');
    }
    return trimmed;
}

function count(text: string, what: RegExp): number {
    return text.match(what)?.length ?? 0;
}

/** The address for an anchor if it is one of the web's; never `javascript:` or anything else that a click could run. */
export function safeHref(address: string, base?: string): string | undefined {
    const whole = /^www\./i.test(address) ? `https://${address}` : address;
    const url = URL.canParse(whole, base) ? new URL(whole, base) : undefined;
    const web = url?.protocol === 'https:' || url?.protocol === 'http:';
    // user:password@host hides where a link goes.
    return url !== undefined && web && url.username === '' && url.hostname !== '' ? url.href : undefined;
}
