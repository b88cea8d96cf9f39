const TEXTS: Readonly<Record<string, string>> = {
    'room/refused':
        'You could not be let in. Check the link and the six-digit code with the person who invited you, then try again. '
        + 'After several wrong codes, wait a few minutes.',
    'request/invalid': 'Something was not accepted. Check your name and the six-digit code.',
    'request/too-many': 'That was a bit fast. Wait a moment, then try again.',
    'limit/reached': 'The server has reached its limit. Try again in a few minutes.',
    'session/unknown': 'Your place in the meeting has expired. Join again.',
    'state/not-joined': 'You are no longer in the meeting. Join again.',
    'server/closing': 'The server is restarting. Try again in a moment.',
    'server/internal': 'Something went wrong on the server. Try again in a moment.',
    'signalling/unreachable': 'The server cannot be reached. Check your connection and try again.',
    'signalling/timeout': 'The server did not answer in time. Check your connection and try again.',
    'signalling/disconnected': 'The connection dropped. Check your network and try again.',
};

/** Every error of the SDK in words that a person can act on. */
export function errorText(error: unknown): string {
    const known = TEXTS[textOf(error, 'code')];
    if (known !== undefined) {
        return known;
    }
    // The SDK's own errors carry sentences made for people; others speak to developers.
    return ['ParleyError', 'DeviceError'].includes(textOf(error, 'name')) && textOf(error, 'message') !== ''
        ? textOf(error, 'message')
        : 'Something went wrong. Reload the page and try again.';
}

function textOf(error: unknown, field: 'code' | 'name' | 'message'): string {
    const value = (error as Partial<Record<string, unknown>> | null | undefined)?.[field];
    return typeof value === 'string' ? value : '';
}
