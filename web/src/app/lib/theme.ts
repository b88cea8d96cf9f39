import { preferences } from './storage';

export const THEMES = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const BAR_COLOURS = { light: '#f4f6f3', dark: '#0e1311' } as const;

export function isTheme(value: string | null | undefined): value is Theme {
    return THEMES.some((theme) => theme === value);
}

/** The person's choice; `auto` follows the system. */
export function chosenTheme(): Theme {
    const theme = preferences.theme();
    return isTheme(theme) ? theme : 'auto';
}

/** Shows a page, or the part of one below `root`, in that theme. */
export function showTheme(theme: Theme, root: HTMLElement = document.documentElement): void {
    if (theme === 'auto') {
        delete root.dataset['theme'];
    } else {
        root.dataset['theme'] = theme;
    }
    if (root === document.documentElement) {
        document.querySelectorAll<HTMLMetaElement>('meta[name=theme-color]').forEach((meta) => {
            const scheme = theme === 'auto' ? (meta.media.includes('dark') ? 'dark' : 'light') : theme;
            meta.content = BAR_COLOURS[scheme];
        });
    }
}

export function chooseTheme(theme: Theme, root?: HTMLElement): void {
    preferences.rememberTheme(theme);
    showTheme(theme, root);
}
