export const settings = {
    'settings.title': 'Settings',
    'settings.appearance': 'Language and display',
    'settings.language': 'Language',
    'settings.theme': 'Theme',
    'settings.theme.auto': 'System',
    'settings.theme.light': 'Light',
    'settings.theme.dark': 'Dark',
    'settings.shortcuts': 'Keyboard shortcuts',
    'settings.shortcutsHint': 'Single letters act while you are not typing',
} as const;
