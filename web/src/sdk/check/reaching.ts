import type { CheckLine } from './report';

const TIMEOUT = 8_000;

/** Whether pages come from the server at all. */
export async function checkHttps(base: string, signal: AbortSignal): Promise<CheckLine> {
    const began = performance.now();
    try {
        // From another origin nobody may read the answer, but that there is one can be seen.
        await fetch(new URL('healthz', base), { mode: 'no-cors', cache: 'no-store', signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT)]) });
        return { id: 'https', status: 'passed', milliseconds: Math.round(performance.now() - began), address: new URL(base).host };
    } catch {
        return { id: 'https', status: 'failed', reason: 'https/unreachable', address: new URL(base).host };
    }
}

/** Whether a WebSocket opens and brings the server's first message; where it does not, long polling may do. */
export async function checkWebSocket(base: string, signal: AbortSignal): Promise<CheckLine> {
    const url = new URL('socket.io/?EIO=4&transport=websocket', base);
    url.protocol = url.protocol === 'http:' ? 'ws:' : 'wss:';
    const address = url.host;
    const began = performance.now();
    if (await greeted(url, signal)) {
        return { id: 'websocket', status: 'passed', milliseconds: Math.round(performance.now() - began), address };
    }
    const polls = await polling(base, signal);
    return polls
        ? { id: 'websocket', status: 'warning', reason: 'websocket/blocked', address }
        : { id: 'websocket', status: 'failed', reason: 'signalling/unreachable', address };
}

function greeted(url: URL, signal: AbortSignal): Promise<boolean> {
    return new Promise((resolve) => {
        let socket: WebSocket;
        try {
            socket = new WebSocket(url);
        } catch {
            resolve(false);
            return;
        }
        const done = (ok: boolean): void => {
            clearTimeout(timer);
            signal.removeEventListener('abort', failed);
            socket.close();
            resolve(ok);
        };
        const failed = (): void => done(false);
        const timer = setTimeout(failed, TIMEOUT);
        signal.addEventListener('abort', failed);
        // Engine.IO's open packet.
        socket.addEventListener('message', ({ data }) => done(typeof data === 'string' && data.startsWith('0')));
        socket.addEventListener('error', failed);
        socket.addEventListener('close', failed);
    });
}

async function polling(base: string, signal: AbortSignal): Promise<boolean> {
    try {
        const url = new URL('socket.io/?EIO=4&transport=polling', base);
        await fetch(url, { mode: 'no-cors', cache: 'no-store', signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT)]) });
        return true;
    } catch {
        return false;
    }
}
