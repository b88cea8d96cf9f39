import { preferences } from '../lib/storage';
import type { Catalogue } from './catalogue';
import { en } from './en';

/** Each language by its own name. A new one needs a line here, one below, and a folder like `de`. */
export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const;
export type Language = keyof typeof LANGUAGES;

/** English is always there; the others are fetched when they are wanted. */
const LOADERS: Readonly<Record<Language, () => Catalogue | Promise<Catalogue>>> = {
    en: () => en,
    de: async () => (await import('./de')).de,
};

interface Current {
    readonly language: Language;
    readonly catalogue: Catalogue;
    readonly locale: string;
}

let current: Current = { language: 'en', catalogue: en, locale: localeOf('en') };
const listeners = new Set<() => void>();

export function currentLanguage(): Language {
    return current.language;
}

export function currentCatalogue(): Catalogue {
    return current.catalogue;
}

export function onLanguage(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
}

/** Changes everything on the page to that language once its texts are here. Stays as it is if they cannot be fetched. */
export async function showLanguage(language: Language): Promise<void> {
    const catalogue = await loaded(language);
    if (catalogue === undefined) {
        return; // Offline: texts in another language are better than none.
    }
    current = { language, catalogue, locale: localeOf(language) };
    listeners.forEach((listener) => listener());
}

async function loaded(language: Language): Promise<Catalogue | undefined> {
    try {
        return await LOADERS[language]();
    } catch {
        return undefined;
    }
}

/** The person's choice, or else the first language of the browser that there is, or else English. */
export function wantedLanguage(chosen = preferences.language(), wished = browserLanguages()): Language {
    return [chosen, ...wished].map((tag) => tag?.toLowerCase().split('-')[0]).find(isLanguage) ?? 'en';
}

export function isLanguage(tag: string | undefined): tag is Language {
    return tag !== undefined && Object.hasOwn(LANGUAGES, tag);
}

/** For dates and numbers: the browser's own variant of the language (en-GB), or the language alone. */
export function currentLocale(): string {
    return current.locale;
}

function localeOf(language: Language): string {
    return browserLanguages().find((tag) => tag.toLowerCase().split('-')[0] === language) ?? language;
}

function browserLanguages(): readonly string[] {
    return globalThis.navigator?.languages ?? [];
}

/** Before the first drawing of a page: fetches the language, and keeps `<html lang>` true from then on. */
export async function startLanguage(): Promise<void> {
    onLanguage(() => {
        document.documentElement.lang = current.language;
    });
    await showLanguage(wantedLanguage());
}

/** The person's choice in the settings, kept for the next time. */
export async function chooseLanguage(language: Language): Promise<void> {
    preferences.rememberLanguage(language);
    await showLanguage(language);
}
