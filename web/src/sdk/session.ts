import { isWaiting } from './entrance';
import { asParleyError } from './errors';
import type { ResumeSnapshot, RoomSnapshot } from './messages';
import type { Seat } from './seat';
import type { AnyPush, Signalling } from './signalling';
import type { CloseReason } from './state';

export interface SessionHooks {
    /** The seat is taken again, or a new one where it was lost; the lists name what of one's own the server still has. */
    resumed(snapshot: ResumeSnapshot): void;
    state(state: 'connected' | 'reconnecting'): void;
    ended(reason: CloseReason): void;
    push(push: AnyPush): void;
}

const AGAIN_AFTER = 1_000;

/** Holds the seat through dropped connections: resumes it, or joins anew by itself where the server gave it up meanwhile. */
export class Session {
    private ended = false;

    constructor(
        private readonly signalling: Signalling,
        private current: Omit<Seat, 'sending'>,
        private readonly hooks: SessionHooks,
    ) {}

    get seat(): Omit<Seat, 'sending'> {
        return this.current;
    }

    start(): void {
        this.signalling.attach({
            up: () => void this.resume(),
            down: () => this.hooks.state('reconnecting'),
            push: (push) => this.pushed(push),
        });
    }

    private async resume(): Promise<void> {
        const { roomId, participantId, sessionToken } = this.current;
        try {
            await this.signalling.request(
                'resume',
                { roomId, participantId, sessionToken },
                { apply: (snapshot) => this.seated(snapshot) },
            );
        } catch (cause) {
            const { code } = asParleyError(cause, 'server/internal');
            if (code === 'session/unknown' || code === 'not-found') await this.joinAgain();
            else if (code === 'session/removed') this.end('removed');
            else this.later(code, () => this.resume());
        }
    }

    /** The server no longer knows the seat: it was away for too long. With the code that brought one in, one comes in again. */
    private async joinAgain(): Promise<void> {
        const { roomId, name, code, hostToken } = this.current;
        const secrets = { ...(code === undefined ? {} : { code }), ...(hostToken === undefined ? {} : { hostToken }) };
        if (code === undefined && hostToken === undefined) return this.end('session-lost');
        try {
            await this.signalling.request(
                'join',
                { roomId, name, ...secrets },
                { apply: (answer) => (isWaiting(answer) ? this.signalling.wait() : this.seatedAnew(answer)) },
            );
        } catch (cause) {
            const error = asParleyError(cause, 'server/internal');
            if (error.code.startsWith('room/') || error.code === 'lobby/full') this.end('session-lost');
            else this.later(error.code, () => this.joinAgain());
        }
    }

    private pushed(push: AnyPush): void {
        if (push.name === 'admitted') this.seatedAnew(push.body);
        else if (push.name === 'denied') this.end('session-lost');
        else this.hooks.push(push);
    }

    private seatedAnew(snapshot: RoomSnapshot): void {
        this.seated({ ...snapshot, transports: [], producers: [], consumers: [], pausedByHost: [] });
    }

    private seated(snapshot: ResumeSnapshot): void {
        const { participantId, sessionToken } = snapshot;
        this.current = { ...this.current, participantId, sessionToken };
        this.signalling.open();
        this.hooks.resumed(snapshot);
        this.hooks.state('connected');
    }

    private later(code: string, work: () => Promise<void>): void {
        // The next connection tries again by itself.
        if (this.ended || code === 'state/closed' || code === 'signalling/disconnected' || !this.signalling.isConnected) return;
        setTimeout(() => {
            if (!this.ended && this.signalling.isConnected && !this.signalling.isOpen) void work();
        }, AGAIN_AFTER);
    }

    private end(reason: CloseReason): void {
        this.ended = true;
        this.hooks.ended(reason);
    }
}
