import type { Part } from './part';

export const lobby: Part<'lobby'> = {
    'lobby.title': 'Bereit zur Teilnahme?',
    'lobby.lead': 'Prüfe vorher, wie du aussiehst und klingst.',
    'lobby.devices': 'Kamera und Mikrofon',
    'lobby.name': 'Dein Name',
    'lobby.code': 'Code der Besprechung',
    'lobby.nameMissing': 'Gib den Namen ein, den die anderen sehen sollen.',
    'lobby.codeMissing': 'Gib die sechs Ziffern aus der Einladung ein.',
    'lobby.join': 'Teilnehmen',
    'lobby.joining': 'Verbinden …',
    'lobby.cameraStarting': 'Kamera wird gestartet …',
    'lobby.cameraOff': 'Deine Kamera ist aus',
    'lobby.level': 'Mikrofonpegel',
    'lobby.levelOff': 'Mikrofonpegel: aus',
    'lobby.standardCamera': 'Standardkamera',
    'lobby.standardMicrophone': 'Standardmikrofon',
    'lobby.without': 'Du kannst auch ohne teilnehmen: Du siehst, hörst und liest die anderen.',
    'lobby.badLink': 'Dieser Link ist nicht vollständig',
    'lobby.badLinkLead': 'Er sagt nicht, an welcher Besprechung du teilnehmen willst. Öffne den Link aus der Einladung noch einmal oder füge ihn auf der Startseite ein.',
};
