import type { Key } from '../i18n';

interface Shortcut {
    /** As it is shown; letters in capitals. */
    readonly key: string;
    readonly text: Key;
}

/** What the room listens to; the help shows them in this order. */
export const SHORTCUTS = [
    { key: 'M', text: 'help.mute' },
    { key: 'V', text: 'help.camera' },
    { key: 'S', text: 'help.share' },
    { key: 'C', text: 'help.chat' },
    { key: 'P', text: 'help.people' },
    { key: 'H', text: 'help.hand' },
    { key: 'R', text: 'help.react' },
    { key: 'G', text: 'help.view' },
    { key: 'F', text: 'help.fullScreen' },
    { key: 'I', text: 'help.stats' },
    { key: '?', text: 'help.help' },
    { key: 'Esc', text: 'help.close' },
] as const satisfies readonly Shortcut[];
