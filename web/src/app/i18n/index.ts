/**
 * Texts in several languages. English lives in `en`, one file for each part of the app; every other language has the same files and
 * is held to the same keys by the compiler. German says "du".
 */
export { chooseLanguage, currentLanguage, currentLocale, isLanguage, LANGUAGES, showLanguage, startLanguage, wantedLanguage } from './language';
export type { Language } from './language';
export type { Key } from './catalogue';
export { t, type Translate } from './t';
export { rich, useLanguage, useT } from './react';
