import { asParleyError, ParleyError, type ParleyErrorCode } from './errors';
import type { Requests, RoomSnapshot, Waiting } from './messages';
import type { Signalling } from './signalling';

export interface EntranceOptions {
    /** Called when the room has a lobby and one waits in it for a host. */
    readonly onWaiting?: () => void;
    /** Gives up, in the lobby too. */
    readonly signal?: AbortSignal;
}

export function isWaiting(answer: RoomSnapshot | Waiting): answer is Waiting {
    return 'waiting' in answer && answer.waiting === true;
}

/**
 * Joins, through the lobby where the room has one; a connection that drops while waiting is made again and waits anew. Leaves the
 * session open, with what is pushed from then on kept for the next hooks.
 */
export async function enter(
    signalling: Signalling,
    send: Requests['join']['send'],
    { onWaiting, signal }: EntranceOptions,
): Promise<RoomSnapshot> {
    for (let waited = false; ; ) {
        checkNotCancelled(signal);
        try {
            const apply = (given: RoomSnapshot | Waiting): void => (isWaiting(given) ? signalling.wait() : signalling.open());
            const answer = await signalling.request('join', send, { apply });
            if (!isWaiting(answer)) return answer;
            if (!waited) onWaiting?.();
            waited = true;
            const admitted = await admission(signalling, signal);
            if (admitted) return admitted;
        } catch (error) {
            const { code } = asParleyError(error, 'server/internal');
            if (!waited || (code !== 'signalling/disconnected' && code !== 'signalling/timeout')) throw error;
        }
    }
}

/** The snapshot once a host lets one in; undefined when the connection dropped. */
function admission(signalling: Signalling, signal: AbortSignal | undefined): Promise<RoomSnapshot | undefined> {
    return new Promise((resolve, reject) => {
        const cancel = (): void => {
            signalling.detach();
            signalling.request('leave', {}, { timeout: 1_500 }).catch(() => {});
            reject(cancelled());
        };
        const done = (): void => {
            signal?.removeEventListener('abort', cancel);
            signalling.detach();
        };
        signal?.addEventListener('abort', cancel, { once: true });
        signalling.attach({
            up: () => {},
            down: () => {
                done();
                resolve(undefined);
            },
            push: ({ name, body }) => {
                if (name === 'admitted') {
                    done();
                    signalling.open();
                    resolve(body);
                } else if (name === 'denied') {
                    done();
                    reject(new ParleyError(body.code as ParleyErrorCode, body.message));
                }
            },
        });
        if (signal?.aborted) cancel();
    });
}

function checkNotCancelled(signal: AbortSignal | undefined): void {
    if (signal?.aborted) throw cancelled();
}

function cancelled(): ParleyError {
    return new ParleyError('cancelled', 'Joining was cancelled.');
}
