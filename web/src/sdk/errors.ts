/**
 * Codes the SDK itself raises, beside those of the server (docs/signalling.md):
 *
 * - `signalling/unreachable`: no connection to the server could be made
 * - `signalling/timeout`: the server did not answer in time
 * - `signalling/disconnected`: the connection dropped before the answer came
 * - `media/unsupported`: this browser cannot send or receive what is needed
 * - `media/failed`: the browser refused a media operation
 * - `state/closed`: the meeting is over
 * - `cancelled`: one's own AbortSignal ended it
 */
export type LocalErrorCode =
    | 'signalling/unreachable'
    | 'signalling/timeout'
    | 'signalling/disconnected'
    | 'media/unsupported'
    | 'media/failed'
    | 'state/closed'
    | 'cancelled';

/** Error codes that the server answers with; the list stands in docs/signalling.md. */
export type ServerErrorCode =
    | 'room/refused'
    | 'room/locked'
    | 'room/denied'
    | 'lobby/full'
    | 'file/too-large'
    | 'file/not-allowed'
    | 'request/invalid'
    | 'request/too-many'
    | 'state/not-joined'
    | 'state/already-joined'
    | 'state/not-host'
    | 'session/unknown'
    | 'session/removed'
    | 'not-found'
    | 'limit/reached'
    | 'media/unsupported'
    | 'server/internal'
    | 'server/closing';

export type ParleyErrorCode = LocalErrorCode | ServerErrorCode;

/** What every call of the SDK rejects with: a stable code and a sentence that a person can act on. */
export class ParleyError extends Error {
    override readonly name = 'ParleyError';

    constructor(
        readonly code: ParleyErrorCode,
        message: string,
        options?: ErrorOptions,
    ) {
        super(message, options);
    }
}

/** Any thrown value as a {@link ParleyError}; one that already is comes back unchanged. */
export function asParleyError(cause: unknown, code: ParleyErrorCode): ParleyError {
    if (cause instanceof ParleyError) return cause;
    const message = cause instanceof Error ? cause.message : String(cause);
    return new ParleyError(code, message, { cause });
}
