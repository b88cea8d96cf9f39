import type { Part } from './part';

export const settings: Part<'settings'> = {
    'settings.title': 'Einstellungen',
    'settings.appearance': 'Sprache und Anzeige',
    'settings.language': 'Sprache',
    'settings.theme': 'Farben',
    'settings.theme.auto': 'System',
    'settings.theme.light': 'Hell',
    'settings.theme.dark': 'Dunkel',
    'settings.shortcuts': 'Tastenkürzel',
    'settings.shortcutsHint': 'Einzelne Buchstaben wirken, solange du nichts schreibst',
};
