import { roomCodes } from './storage';

/** A link may carry the code behind its hash, which is never sent to a server. It is remembered in this tab and removed from sight. */
export function takeCodeFromAddress(roomId: string): void {
    const code = /^#code=(\d{6})$/.exec(window.location.hash)?.[1];
    if (code !== undefined) {
        roomCodes.remember(roomId, code);
        window.history.replaceState(null, '', window.location.pathname + window.location.search);
    }
}
