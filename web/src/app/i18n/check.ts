import { useEffect, useMemo, useState } from 'react';
import { check as en, type CheckKey, type CheckTexts } from './en/check';
import { currentLocale, type Language } from './language';
import { useLanguage } from './react';

export type { CheckKey, CheckTexts };
export type CheckT = (key: CheckKey, values?: Readonly<Record<string, string | number>>) => string;

const LOADERS: Readonly<Record<Language, () => CheckTexts | Promise<CheckTexts>>> = {
    en: () => en,
    de: async () => (await import('./de/check')).check,
};

/** The texts in a language; English where they cannot be fetched. */
export async function checkTexts(language: Language): Promise<CheckTexts> {
    try {
        return await LOADERS[language]();
    } catch {
        return en;
    }
}

/** As `useT`; `first` are the texts in the language that the page began in. */
export function useCheckT(first: CheckTexts): CheckT {
    const language = useLanguage();
    const [texts, setTexts] = useState(first);
    useEffect(() => {
        let wanted = true;
        void checkTexts(language).then((loaded) => { if (wanted) setTexts(loaded); });
        return () => { wanted = false; };
    }, [language]);
    return useMemo(() => translator(texts), [texts]);
}

export function translator(texts: CheckTexts): CheckT {
    return (key, values = {}) => texts[key].replace(/\{(\w+)\}/g, (_, name: string) => {
        const value = values[name] ?? '';
        return typeof value === 'number' ? value.toLocaleString(currentLocale()) : value;
    });
}
