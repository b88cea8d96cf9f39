import type { Key, ParamNames, Params, Plural } from './catalogue';
import { currentCatalogue, currentLanguage, currentLocale } from './language';

const SLOT = /\{(\w+)\}/;

/**
 * A text in the language of the page: `t('room.joined', { name })`. Usable anywhere; a component takes it from `useT`, so that it is
 * drawn anew when the language changes.
 */
export function t<K extends Key>(key: K, ...params: Params<K>): string {
    const values: Readonly<Record<string, string | number>> = params[0] ?? {};
    return partsOf(key, values['count']).map((part, index) => {
        const value = index % 2 === 0 ? part : values[part] ?? '';
        return typeof value === 'number' ? value.toLocaleString(currentLocale()) : value;
    }).join('');
}

/** The text cut at its braces: words at even places, names at odd ones. */
export function partsOf<K extends Key>(key: K, count?: unknown): (string | ParamNames<K>)[] {
    const message: string | Plural = currentCatalogue()[key];
    return (typeof message === 'string' ? message : formOf(message, Number(count))).split(SLOT);
}

function formOf(message: Plural, count: number): string {
    return message[new Intl.PluralRules(currentLanguage()).select(count)] ?? message.other;
}

export type Translate = typeof t;
