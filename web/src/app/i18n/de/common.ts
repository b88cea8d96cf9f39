import type { Part } from './part';

export const common: Part<'common'> = {
    'common.checkConnection': 'Verbindung prüfen',
    'common.copied': 'Kopiert',
    'common.copyByHand': 'Bitte von Hand kopieren',
    'common.copyInvitation': 'Einladung kopieren',
    'common.copyLink': 'Link kopieren',
    'common.copyCode': 'Code kopieren',
    'common.close': 'Schließen',
    'common.cancel': 'Abbrechen',
    'common.dismiss': 'Ausblenden',
    'common.tryAgain': 'Noch einmal versuchen',
    'common.homePage': 'Startseite',
    'common.you': 'Du',
    'common.nameIsYou': '{name} (du)',
    'common.camera': 'Kamera',
    'common.microphone': 'Mikrofon',
    'common.invitation': 'Komm in meine Besprechung auf Parley\n{link}\nCode: {code}',
};
