import type { types } from 'mediasoup-client';
import { enter, type EntranceOptions } from './entrance';
import { asParleyError, ParleyError } from './errors';
import { fetchHandler, openDevice } from './engine/handler';
import { Meeting } from './meeting';
import type { RoomSnapshot } from './messages';
import { hasSeat, keepSeat, takeSeat, type WasSending } from './seat';
import { Signalling, type SocketLike } from './signalling';
import { openSocket } from './socket';
import { type Upload, uploadTo } from './upload';

export interface ParleyClientOptions {
    /** Where the server is, e.g. `https://meet.example.org`. Default: the page's origin. */
    readonly url?: string;
    /** `relay`: media goes through the server's relays alone, which hide one's address from it. Default: `all`. */
    readonly iceTransportPolicy?: RTCIceTransportPolicy;
    /** For tests: what to connect with instead of Socket.IO, and what to send and receive with instead of the browser. */
    readonly seams?: {
        readonly socket?: () => SocketLike;
        readonly device?: () => Promise<types.Device>;
        readonly upload?: Upload;
    };
}

export interface CreatedRoom {
    readonly roomId: string;
    /** The page that people open to join. */
    readonly link: string;
    /** Six digits. */
    readonly code: string;
    /** The secret that makes whoever joins with it a host. Not to be handed out with the code. */
    readonly hostToken: string;
    /** The link with the secret in its fragment, which browsers do not send to servers. */
    readonly hostLink: string;
}

export interface JoinOptions extends EntranceOptions {
    readonly roomId: string;
    /** The six digits; not needed with a `hostToken`. */
    readonly code?: string;
    readonly name: string;
    /** Makes one a host, and opens locked rooms and lobbies. */
    readonly hostToken?: string;
}

/** One's place in the meeting that the page had before it was reloaded. */
export interface Returned {
    readonly meeting: Meeting;
    /** What was being sent then; it is up to the page to open the devices and publish again. */
    readonly wasSending: WasSending;
}

/** The way into Parley: makes rooms and joins them. */
export class ParleyClient {
    /** Kept between createRoom and tries to join; handed to the meeting when one succeeds. */
    private lobby: Signalling | undefined;

    constructor(private readonly options: ParleyClientOptions = {}) {}

    /** Connects ahead of time, so that joining is faster. Fails silently: the next call tries again and tells. */
    connect(): void {
        this.signalling();
        if (this.options.seams?.device === undefined) fetchHandler();
    }

    async createRoom(): Promise<CreatedRoom> {
        const { roomId, link, code, hostToken, hostLink } = await this.signalling().request('createRoom', {});
        return { roomId, link, code, hostToken, hostLink };
    }

    /**
     * Takes a seat. Nothing is sent until {@link Meeting.publish}; receiving starts at once. In a room with a lobby it takes until
     * a host lets one in; `onWaiting` tells so.
     *
     * @throws ParleyError `room/refused` when the room or the code is wrong, the room is full, or there were too many tries;
     *     `room/locked`, `room/denied`, `lobby/full`; `cancelled` by one's own `signal`
     */
    async join({ roomId, code, name, hostToken, ...options }: JoinOptions): Promise<Meeting> {
        const signalling = this.signalling();
        const device = await this.device();
        const secrets = { ...(code === undefined ? {} : { code }), ...(hostToken === undefined ? {} : { hostToken }) };
        const snapshot = await enter(signalling, { roomId, name, ...secrets }, options);
        return this.seated(signalling, device, snapshot, { roomId, name, ...secrets });
    }

    /** Whether the page before this one, in this tab, left a seat in the room behind: it was reloaded in a meeting. */
    canReturn(roomId: string): boolean {
        return hasSeat(roomId);
    }

    /** Takes the seat that the page had before it was reloaded; undefined when there is none or it is too late. */
    async return(roomId: string): Promise<Returned | undefined> {
        const seat = takeSeat(roomId);
        if (!seat) return undefined;
        const signalling = this.signalling();
        try {
            const device = await this.device();
            const { participantId, sessionToken, name, code, hostToken, sending } = seat;
            const snapshot = await signalling.request(
                'resume',
                { roomId, participantId, sessionToken, fresh: true },
                { apply: () => signalling.open() },
            );
            const secrets = { ...(code === undefined ? {} : { code }), ...(hostToken === undefined ? {} : { hostToken }) };
            const meeting = await this.seated(signalling, device, snapshot, { roomId, name, ...secrets });
            return { meeting, wasSending: sending };
        } catch (cause) {
            const { code } = asParleyError(cause, 'server/internal');
            if (code.startsWith('session/')) return undefined;
            keepSeat(seat);
            throw cause;
        }
    }

    /** Drops the connection that createRoom and refused joins keep open; a running meeting is not touched. */
    close(): void {
        this.lobby?.close();
        this.lobby = undefined;
    }

    private async seated(
        signalling: Signalling,
        device: types.Device,
        snapshot: RoomSnapshot,
        seat: { roomId: string; name: string; code?: string; hostToken?: string },
    ): Promise<Meeting> {
        if (this.lobby === signalling) this.lobby = undefined;
        await this.load(device, snapshot, signalling);
        const base = this.base();
        const upload = this.options.seams?.upload ?? uploadTo(base);
        const { iceTransportPolicy = 'all' } = this.options;
        return new Meeting({ ...seat, signalling, device, snapshot, upload, base, iceTransportPolicy });
    }

    /** Where the server is, with a slash at the end. */
    private base(): string {
        const url = this.options.url ?? (globalThis.location as Location | undefined)?.origin;
        return url === undefined ? '' : new URL('/', url).href;
    }

    private signalling(): Signalling {
        const open = this.options.seams?.socket ?? (() => openSocket(this.options.url));
        return (this.lobby ??= new Signalling(open()));
    }

    private async device(): Promise<types.Device> {
        try {
            return await (this.options.seams?.device ?? openDevice)();
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
