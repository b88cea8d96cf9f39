import type { Part } from './part';

export const chat: Part<'chat'> = {
    'chat.messages': 'Nachrichten',
    'chat.empty': 'Noch keine Nachrichten. Was du schreibst, sehen alle hier.',
    'chat.newMessages': 'Neue Nachrichten',
    'chat.toEveryone': 'Nachricht an alle',
    'chat.placeholder': 'Nachricht an alle',
    'chat.send': 'Senden',
    'chat.sendHint': 'Senden (Enter)',
};
