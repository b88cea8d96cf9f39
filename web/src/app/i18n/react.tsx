import { Fragment, useMemo, useSyncExternalStore, type ReactNode } from 'react';
import type { Key, Values } from './catalogue';
import { currentLanguage, onLanguage, type Language } from './language';
import { partsOf, t, type Translate } from './t';

/** The language of the page; the component is drawn anew when it changes. */
export function useLanguage(): Language {
    return useSyncExternalStore(onLanguage, currentLanguage, currentLanguage);
}

/** {@link t} for components. Another function after a change of language, so that it may stand in dependencies. */
export function useT(): Translate {
    const language = useLanguage();
    return useMemo<Translate>(() => (key, ...params) => t(key, ...params), [language]);
}

/** A text with elements in it: `rich('room.codeIs', { code: <Code value={code} /> })`. */
export function rich<K extends Key>(key: K, values: Values<K, ReactNode>): ReactNode {
    const slots = values as Readonly<Record<string, ReactNode>>;
    return partsOf(key, slots['count']).map((part, index) => <Fragment key={index}>{index % 2 === 0 ? part : slots[part]}</Fragment>);
}
