/**
 * When a transport is to be mended, and how: a machine that is told what happens and what time it is, and says what to do. It
 * knows no browser, no signalling and no timers; {@link MediaLink} does what it says.
 *
 * A connection that breaks gets a moment to mend itself, then new ICE credentials, again with growing pauses, and when that has
 * not helped for a while, a new transport. Restarting ICE brings every candidate into play again (UDP, TCP, relays), and which pair
 * carries the media from then on is the browser's choice. Without signalling nothing can be done, and the time does not count.
 */
export type KeeperEvent =
    /** A new transport was made. */
    | { readonly kind: 'opened' }
    /** There is no transport any more. */
    | { readonly kind: 'closed' }
    | { readonly kind: 'state'; readonly state: RTCPeerConnectionState }
    /** The network is another one, or was away: the path may be dead though nothing has been noticed yet. */
    | { readonly kind: 'moved' }
    /** The browser believes the path alive, but nothing has come over it. */
    | { readonly kind: 'silent' }
    /** Something has come over it just now. */
    | { readonly kind: 'alive' }
    /** Media goes through a relay, and the browser has not tried to do without. */
    | { readonly kind: 'detour' }
    | { readonly kind: 'signalling'; readonly up: boolean }
    /** What was asked for by `restart` or `direct` is under way in the browser. */
    | { readonly kind: 'restarted' }
    /** It could not be begun. `gone`: the server does not know the transport, or the browser cannot restart it. */
    | { readonly kind: 'refused'; readonly gone: boolean }
    /** Nothing but that {@link TransportKeeper.wakeAt} has come. */
    | { readonly kind: 'time' };

/**
 * `restart`: ask for new credentials and use them; answer with `restarted` or `refused`. `direct`: the same, but without relays, while
 * media goes on over the one in use. `replace`: close this transport and make a new one; answer with `closed`, and `opened`.
 */
export type KeeperAction = 'restart' | 'direct' | 'replace';

/** `none`: there is no transport, so that nothing can be wrong with it. */
export type TransportHealth = 'none' | 'connecting' | 'connected' | 'recovering';

/** All in milliseconds. */
export const TIMES = {
    /** How long a connection that the browser calls broken may mend itself. It says so after 5 s of silence; more waiting would be heard. */
    grace: 1_000,
    /** How long a new transport may take before it is helped. */
    connecting: 6_000,
    /** How long a restart may take before the next, and by how much longer each further one. */
    restarting: 4_000,
    slower: 1_000,
    /** The least time between two restarts. */
    apart: 1_000,
    /** How long restarts are tried before the transport is given up; each further time in a row twice as long. */
    mending: 15_000,
    mendingAtMost: 60_000,
    /** How long after a replacement a new transport is waited for, before it is clear that nothing needs one. */
    replacing: 3_000,
} as const;

export class TransportKeeper {
    private exists = false;
    private state: RTCPeerConnectionState = 'new';
    private everConnected = false;
    private signalling = true;
    /** Since when the connection is broken and could have been mended. */
    private brokenSince: number | undefined;
    /** When the next restart is due. */
    private nextTry: number | undefined;
    private lastTry = Number.NEGATIVE_INFINITY;
    private tries = 0;
    /** A restart was asked for and not yet answered. */
    private asking: 'restart' | 'direct' | undefined;
    /** The way without relays was tried since the connection was last broken. */
    private triedDirect = false;
    /** Another restart has become necessary meanwhile. */
    private again = false;
    /** Replacements in a row. */
    private replacements = 0;
    /** Since when there is no transport any more in place of one that there was. */
    private goneAt: number | undefined;

    /** What to do now, if anything. */
    handle(event: KeeperEvent, now: number): KeeperAction | undefined {
        return this.apply(event, now) ?? this.due(now);
    }

    /** When to come back with `time` if nothing else has happened by then. */
    get wakeAt(): number | undefined {
        if (!this.exists) return this.goneAt === undefined ? undefined : this.goneAt + TIMES.replacing;
        if (!this.signalling || this.asking) return undefined;
        const times = [this.nextTry, this.giveUpAt()].filter((time) => time !== undefined);
        return times.length === 0 ? undefined : Math.min(...times);
    }

    get health(): TransportHealth {
        if (!this.exists) return this.goneAt === undefined ? 'none' : 'recovering';
        if (this.state === 'connected' && this.brokenSince === undefined) return 'connected';
        return this.everConnected ? 'recovering' : 'connecting';
    }

    private apply(event: KeeperEvent, now: number): KeeperAction | undefined {
        switch (event.kind) {
            case 'opened':
                this.reset();
                this.exists = true;
                this.goneAt = undefined;
                return undefined;
            case 'closed':
                this.gone(now);
                return undefined;
            case 'signalling':
                this.signallingIs(event.up, now);
                return undefined;
            case 'time':
                if (this.goneAt !== undefined && now >= this.goneAt + TIMES.replacing) this.goneAt = undefined;
                return undefined;
        }
        if (!this.exists) return undefined;
        switch (event.kind) {
            case 'state':
                this.stateIs(event.state, now);
                return undefined;
            case 'moved':
                this.restartSoon(now);
                return undefined;
            case 'silent':
                // A restart that is under way gets its time.
                this.broken(now, Math.max(now, this.lastTry + TIMES.restarting));
                return undefined;
            case 'detour':
                return this.direct(now);
            case 'alive':
                // A path that was mended before the browser thought it broken tells of no other state.
                if (this.state === 'connected') this.stateIs('connected', now);
                return undefined;
            case 'restarted': {
                const direct = this.asking === 'direct';
                this.asking = undefined;
                if (!direct) this.tries++;
                // What broke meanwhile is to be mended with relays.
                if (this.again || (direct && this.brokenSince !== undefined)) this.restartSoon(now);
                else this.nextTry = this.brokenSince === undefined ? undefined : now + this.patience();
                this.again = false;
                return undefined;
            }
            case 'refused': {
                const needed = this.asking !== 'direct' || this.brokenSince !== undefined || this.again;
                this.asking = undefined;
                if (event.gone) return this.replace(now);
                if (!needed) return undefined;
                // The server was not reached: that says nothing about the transport.
                if (this.brokenSince !== undefined) this.brokenSince = now;
                this.nextTry = now + TIMES.apart;
                return undefined;
            }
        }
    }

    /** Only from a connection that works, and that nothing else is being done to. */
    private direct(now: number): KeeperAction | undefined {
        const idle = this.signalling && !this.asking && this.nextTry === undefined && this.health === 'connected';
        if (!idle || this.triedDirect) return undefined;
        this.triedDirect = true;
        this.lastTry = now;
        this.asking = 'direct';
        return 'direct';
    }

    private stateIs(state: RTCPeerConnectionState, now: number): void {
        this.state = state;
        switch (state) {
            case 'connected':
                this.everConnected = true;
                this.brokenSince = undefined;
                this.nextTry = undefined;
                this.tries = 0;
                this.replacements = 0;
                return;
            case 'connecting':
                if (!this.everConnected || this.brokenSince === undefined) this.broken(now, now + TIMES.connecting);
                return;
            case 'disconnected':
                this.broken(now, now + TIMES.grace);
                return;
            case 'failed':
                // Whatever restart was waited for has come to nothing.
                this.nextTry = undefined;
                this.broken(now, now);
                return;
            case 'new':
            case 'closed':
        }
    }

    /** Broken from now on, if it was not before; a restart is due then at the latest. */
    private broken(now: number, tryAt: number): void {
        this.brokenSince ??= now;
        this.triedDirect = false;
        this.tryAt(Math.min(this.nextTry ?? Number.POSITIVE_INFINITY, tryAt));
    }

    private restartSoon(now: number): void {
        if (this.asking) this.again = true;
        else this.tryAt(now);
    }

    private tryAt(time: number): void {
        this.nextTry = Math.max(time, this.lastTry + TIMES.apart);
    }

    private signallingIs(up: boolean, now: number): void {
        if (up === this.signalling) return;
        this.signalling = up;
        if (!up || this.brokenSince === undefined) return;
        this.brokenSince = now;
        this.tryAt(now);
    }

    private due(now: number): KeeperAction | undefined {
        if (!this.exists || !this.signalling || this.asking) return undefined;
        const giveUpAt = this.giveUpAt();
        if (giveUpAt !== undefined && now >= giveUpAt) return this.replace(now);
        if (this.nextTry === undefined || now < this.nextTry) return undefined;
        this.nextTry = undefined;
        this.lastTry = now;
        this.asking = 'restart';
        this.again = false;
        return 'restart';
    }

    private replace(now: number): KeeperAction {
        this.gone(now);
        this.replacements++;
        return 'replace';
    }

    private gone(now: number): void {
        if (this.exists) this.goneAt = now;
        this.reset();
    }

    private giveUpAt(): number | undefined {
        if (this.brokenSince === undefined) return undefined;
        return this.brokenSince + Math.min(TIMES.mending * 2 ** this.replacements, TIMES.mendingAtMost);
    }

    private patience(): number {
        return TIMES.restarting + (this.tries - 1) * TIMES.slower;
    }

    /** As without a transport; that one of them did connect is remembered. */
    private reset(): void {
        this.exists = false;
        this.state = 'new';
        this.brokenSince = undefined;
        this.nextTry = undefined;
        this.lastTry = Number.NEGATIVE_INFINITY;
        this.tries = 0;
        this.asking = undefined;
        this.triedDirect = false;
        this.again = false;
    }
}
