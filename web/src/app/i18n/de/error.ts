import type { Part } from './part';

export const error: Part<'error'> = {
    'error.unknown': 'Etwas ist schiefgegangen. Lade die Seite neu und versuche es noch einmal.',
    'error.room/refused':
        'Du konntest nicht eingelassen werden. Prüfe Link und sechsstelligen Code mit der Person, die dich eingeladen hat, und versuche es noch einmal. Warte nach mehreren falschen Codes einige Minuten.',
    'error.room/locked': 'Die Besprechung ist abgeschlossen: Niemand Neues kann herein. Bitte einen Gastgeber, sie zu öffnen.',
    'error.room/denied': 'Ein Gastgeber hat dich nicht eingelassen.',
    'error.lobby/full': 'Zu viele Personen warten auf Einlass. Versuche es in einigen Minuten noch einmal.',
    'error.file/too-large': 'Die Datei ist zu groß.',
    'error.file/not-allowed': 'Dieser Server nimmt keine Dateien an.',
    'error.state/not-host': 'Das kann nur ein Gastgeber.',
    'error.session/removed': 'Ein Gastgeber hat dich aus der Besprechung entfernt.',
    'error.request/invalid': 'Das wurde nicht angenommen. Prüfe deinen Namen und den sechsstelligen Code.',
    'error.request/too-many': 'Das ging etwas schnell. Warte einen Moment und versuche es noch einmal.',
    'error.limit/reached': 'Der Server ist an seiner Grenze. Versuche es in einigen Minuten noch einmal.',
    'error.session/unknown': 'Dein Platz in der Besprechung ist abgelaufen. Nimm erneut teil.',
    'error.state/not-joined': 'Du bist nicht mehr in der Besprechung. Nimm erneut teil.',
    'error.state/closed': 'Die Besprechung ist zu Ende.',
    'error.server/closing': 'Der Server startet neu. Versuche es gleich noch einmal.',
    'error.server/storage': 'Der Server konnte das nicht speichern: Vielleicht ist seine Festplatte voll. Sag es dem Betreiber, und versuche es später noch einmal.',
    'error.server/internal': 'Auf dem Server ist etwas schiefgegangen. Versuche es gleich noch einmal.',
    'error.signalling/unreachable': 'Der Server ist nicht erreichbar. Prüfe deine Verbindung und versuche es noch einmal.',
    'error.signalling/timeout': 'Der Server hat nicht rechtzeitig geantwortet. Prüfe deine Verbindung und versuche es noch einmal.',
    'error.signalling/disconnected': 'Die Verbindung ist abgebrochen. Prüfe dein Netz und versuche es noch einmal.',
};
