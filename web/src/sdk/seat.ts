import type { Source } from './messages';

/** Whether something was being sent, or was muted. */
export type WasSending = { readonly [S in Extract<Source, 'microphone' | 'camera'>]?: 'on' | 'paused' };

/** What is needed to take one's place in a room again. */
export interface Seat {
    readonly roomId: string;
    readonly participantId: string;
    readonly sessionToken: string;
    readonly name: string;
    readonly code?: string;
    readonly hostToken?: string;
    readonly sending: WasSending;
}

const key = (roomId: string): string => `parley.seat.${roomId}`;

/**
 * Keeps the seat in this tab for the page that is loaded next. Only to be called while a page goes away: a tab that is
 * duplicated copies what is stored, and two pages cannot have one seat.
 */
export function keepSeat(seat: Seat): void {
    try {
        globalThis.sessionStorage?.setItem(key(seat.roomId), JSON.stringify(seat));
    } catch {
        // Storage is forbidden: then a reload means to join again.
    }
}

export function hasSeat(roomId: string): boolean {
    return read(roomId) !== undefined;
}

/** The seat that the page before this one left behind, once. */
export function takeSeat(roomId: string): Seat | undefined {
    const seat = read(roomId);
    try {
        globalThis.sessionStorage?.removeItem(key(roomId));
    } catch {
        // As above.
    }
    return seat;
}

function read(roomId: string): Seat | undefined {
    try {
        const text = globalThis.sessionStorage?.getItem(key(roomId));
        const seat = text ? (JSON.parse(text) as Partial<Seat> | null) : undefined;
        const whole = typeof seat?.participantId === 'string' && typeof seat.sessionToken === 'string' && seat.roomId === roomId;
        return whole ? (seat as Seat) : undefined;
    } catch {
        return undefined;
    }
}
