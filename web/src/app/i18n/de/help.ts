import type { Part } from './part';

export const help: Part<'help'> = {
    'help.title': 'Tastenkürzel',
    'help.off': 'Einzelne Tasten sind in den Einstellungen ausgeschaltet.',
    'help.mute': 'Mikrofon stumm oder an',
    'help.camera': 'Kamera ein oder aus',
    'help.share': 'Bildschirm teilen oder nicht mehr teilen',
    'help.chat': 'Chat zeigen oder verbergen',
    'help.people': 'Personen zeigen oder verbergen',
    'help.hand': 'Hand heben oder senken',
    'help.react': 'Mit einem Emoji reagieren',
    'help.view': 'Ansicht wechseln',
    'help.fullScreen': 'Vollbild ein oder aus',
    'help.stats': 'Verbindungsstatistik zeigen oder verbergen',
    'help.help': 'Diese Liste zeigen',
    'help.close': 'Schließen, was offen ist',
    'help.moving': 'Die Tabulatortaste geht zum nächsten Element, die Eingabetaste drückt es, in Menüs helfen die Pfeiltasten.',
};
