import { Device, type types } from 'mediasoup-client';
import { asParleyError, ParleyError } from './errors';
import { Meeting } from './meeting';
import type { RoomSnapshot } from './messages';
import { Signalling, type SocketLike } from './signalling';
import { openSocket } from './socket';

export interface ParleyClientOptions {
    /** Where the server is, e.g. `https://meet.example.org`. Default: the page's origin. */
    readonly url?: string;
    /** For tests: what to connect with instead of Socket.IO, and what to send and receive with instead of the browser. */
    readonly seams?: { readonly socket?: () => SocketLike; readonly device?: () => Promise<types.Device> };
}

export interface CreatedRoom {
    readonly roomId: string;
    /** The page that people open to join. */
    readonly link: string;
    /** Six digits. */
    readonly code: string;
}

/** The way into Parley: makes rooms and joins them. */
export class ParleyClient {
    /** Kept between createRoom and tries to join; handed to the meeting when one succeeds. */
    private lobby: Signalling | undefined;

    constructor(private readonly options: ParleyClientOptions = {}) {}

    /** Connects ahead of time, so that joining is faster. Fails silently: the next call tries again and tells. */
    connect(): void {
        this.signalling();
    }

    async createRoom(): Promise<CreatedRoom> {
        const { roomId, link, code } = await this.signalling().request('createRoom', {});
        return { roomId, link, code };
    }

    /**
     * Takes a seat. Nothing is sent until {@link Meeting.publish}; receiving starts at once.
     *
     * @throws ParleyError `room/refused` when the room or the code is wrong, the room is full, or there were too many tries
     */
    async join({ roomId, code, name }: { roomId: string; code: string; name: string }): Promise<Meeting> {
        const signalling = this.signalling();
        const device = await this.device();
        const snapshot = await signalling.request(
            'join',
            { roomId, code, name },
            { apply: () => signalling.open() },
        );
        if (this.lobby === signalling) this.lobby = undefined;
        await this.load(device, snapshot, signalling);
        return new Meeting({ roomId, name, signalling, device, snapshot });
    }

    /** Drops the connection that createRoom and refused joins keep open; a running meeting is not touched. */
    close(): void {
        this.lobby?.close();
        this.lobby = undefined;
    }

    private signalling(): Signalling {
        const open = this.options.seams?.socket ?? (() => openSocket(this.options.url));
        return (this.lobby ??= new Signalling(open()));
    }

    private async device(): Promise<types.Device> {
        try {
            return await (this.options.seams?.device ?? (() => Device.factory()))();
        } catch (cause) {
            throw unsupported(cause);
        }
    }

    private async load(device: types.Device, snapshot: RoomSnapshot, signalling: Signalling): Promise<void> {
        try {
            await device.load({ routerRtpCapabilities: snapshot.routerRtpCapabilities });
        } catch (cause) {
            signalling.farewell();
            throw unsupported(cause);
        }
    }
}

function unsupported(cause: unknown): ParleyError {
    const { message } = asParleyError(cause, 'media/unsupported');
    return new ParleyError(
        'media/unsupported',
        `This browser cannot take part in calls (${message}). Use a current Chrome, Edge, Firefox or Safari.`,
        { cause },
    );
}
