/** Errors by their stable code. What has no text here is told in the server's own (English) sentence. */
export const error = {
    'error.unknown': 'Something went wrong. Reload the page and try again.',
    'error.room/refused':
        'You could not be let in. Check the link and the six-digit code with the person who invited you, then try again. After several wrong codes, wait a few minutes.',
    'error.room/locked': 'The meeting is locked: nobody new can come in. Ask a host to unlock it.',
    'error.room/denied': 'A host did not let you in.',
    'error.lobby/full': 'Too many people are waiting to be let in. Try again in a few minutes.',
    'error.file/too-large': 'The file is too large.',
    'error.file/not-allowed': 'This server does not take files.',
    'error.state/not-host': 'Only a host can do that.',
    'error.session/removed': 'A host took you out of the meeting.',
    'error.request/invalid': 'Something was not accepted. Check your name and the six-digit code.',
    'error.request/too-many': 'That was a bit fast. Wait a moment, then try again.',
    'error.limit/reached': 'The server has reached its limit. Try again in a few minutes.',
    'error.session/unknown': 'Your place in the meeting has expired. Join again.',
    'error.state/not-joined': 'You are no longer in the meeting. Join again.',
    'error.state/closed': 'The meeting is over.',
    'error.server/closing': 'The server is restarting. Try again in a moment.',
    'error.server/internal': 'Something went wrong on the server. Try again in a moment.',
    'error.signalling/unreachable': 'The server cannot be reached. Check your connection and try again.',
    'error.signalling/timeout': 'The server did not answer in time. Check your connection and try again.',
    'error.signalling/disconnected': 'The connection dropped. Check your network and try again.',
} as const;
