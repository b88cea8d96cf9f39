import type { Part } from './part';

export const stage: Part<'stage'> = {
    'stage.screenOf': 'Bildschirm von {name}',
    'stage.ownScreen': 'Dein Bildschirm',
    'stage.muted': '{label}, stumm',
    'stage.pinned': '{label}, angeheftet',
    'stage.auto': 'Automatische Ansicht',
    'stage.grid': 'Alle gleich groß',
    'stage.speaker': 'Wer spricht, groß',
    'stage.hideSelf': 'Eigenes Bild ausblenden',
    'stage.fullScreen': 'Vollbild',
    'stage.pip': 'Bild im Bild',
    'stage.pipFailed': 'Der Browser hat kein kleines Fenster geöffnet.',
    'stage.pin': 'Anheften',
    'stage.unpin': 'Lösen',
    'stage.options': 'Optionen für {label}',
    'stage.pages': 'Seite {page} von {pages}',
    'stage.pagesLabel': 'Seiten mit Teilnehmenden',
    'stage.previous': 'Vorige Seite',
    'stage.next': 'Nächste Seite',
    'stage.details': 'Verbindung im Detail',
    'stage.stats': 'Verbindungsstatistik',
};
