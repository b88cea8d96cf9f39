export const chat = {
    'chat.messages': 'Messages',
    'chat.empty': 'No messages yet. Everyone here will see what you write.',
    'chat.newMessages': 'New messages',
    'chat.toEveryone': 'Message to everyone',
    'chat.placeholder': 'Message everyone',
    'chat.send': 'Send',
    'chat.sendHint': 'Send (Enter)',
} as const;
