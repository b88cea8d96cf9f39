import { io } from 'socket.io-client';
import type { SocketLike } from './signalling';

/** A Socket.IO connection to Parley's server: WebSocket at once, long polling where WebSocket does not get through. */
export function openSocket(url: string | undefined): SocketLike {
    const options = {
        transports: ['websocket', 'polling'],
        tryAllTransports: true,
        forceNew: true,
        reconnectionDelay: 300,
        reconnectionDelayMax: 3000,
        timeout: 8000,
    };
    const socket = url === undefined ? io(options) : io(url, options);
    // The manager below takes it for a dropped connection, and connects again.
    return Object.assign(socket, { renew: () => void socket.io.engine?.close() }) as unknown as SocketLike;
}
