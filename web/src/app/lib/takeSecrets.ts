import { hostTokens, roomCodes } from './storage';

/**
 * A link may carry the code, or what makes one the host, behind its hash, which is never sent to a server. It is remembered in this
 * tab and removed from sight.
 */
export function takeSecretsFromAddress(roomId: string): void {
    const { hash, pathname, search } = window.location;
    const code = /^#code=(\d{6})$/.exec(hash)?.[1];
    const host = /^#host=([\w-]{8,200})$/.exec(hash)?.[1];
    if (code !== undefined) {
        roomCodes.remember(roomId, code);
    }
    if (host !== undefined) {
        hostTokens.remember(roomId, host);
    }
    if (code !== undefined || host !== undefined) {
        window.history.replaceState(null, '', pathname + search);
    }
}
