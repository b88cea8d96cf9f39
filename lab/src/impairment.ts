import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';

export interface Impairment {
    /** The share of datagrams that are lost, 0 to 1, in each direction. */
    readonly loss: number;
    /** Milliseconds that a datagram is under way, each way. */
    readonly delay: number;
    /** The share of datagrams that others overtake, 0 to 1. */
    readonly reordering: number;
    /** Begins the sequence of chances; not 0. */
    readonly seed: number;
}

interface Address {
    readonly address: string;
    readonly port: number;
}

/** Milliseconds that an overtaken datagram is late. */
const LATE = 15;

/**
 * A bad network between browsers and the server's media port: listens on the same port of another loopback address, which the
 * server announces in place of its own. Each client's address gets a socket of its own towards the server, as through a NAT.
 */
export class ImpairedPath {
    private readonly outside = createSocket('udp4');
    private readonly inside = new Map<string, Socket>();
    private random: number;
    private ports: ReadonlySet<number> | undefined;
    private closed = false;
    /** Datagrams lost so far. */
    lost = 0;

    private constructor(
        private readonly server: Address,
        private impairment: Impairment,
    ) {
        this.random = impairment.seed;
        this.outside.on('message', (datagram, from) => this.impair(from.port, () => this.towardsServer(datagram, from)));
    }

    /** Starts to relay. */
    static async open(listensOn: string, server: Address, impairment: Impairment): Promise<ImpairedPath> {
        const path = new ImpairedPath(server, impairment);
        await new Promise<void>((bound, failed) => {
            path.outside.once('error', failed);
            path.outside.bind(server.port, listensOn, bound);
        });
        return path;
    }

    /** From now on it is like this, for everybody or for the clients on those ports alone. */
    become(impairment: Impairment, ports?: ReadonlySet<number>): void {
        this.impairment = impairment;
        this.ports = ports;
        this.random = impairment.seed;
    }

    /** The ports of all clients so far. */
    clients(): Set<number> {
        return new Set([...this.inside.keys()].map((key) => Number(key.split(' ')[1])));
    }

    close(): void {
        this.closed = true;
        this.outside.close();
        this.inside.forEach((socket) => socket.close());
        this.inside.clear();
    }

    private impair(client: number, pass: () => void): void {
        if (this.ports?.has(client) === false) return pass();
        const { loss, delay, reordering } = this.impairment;
        if (this.chance() < loss) {
            this.lost++;
            return;
        }
        setTimeout(pass, this.chance() < reordering ? delay + LATE : delay);
    }

    private towardsServer(datagram: Buffer, { address, port }: RemoteInfo): void {
        if (this.closed) return;
        const key = `${address} ${port}`;
        let socket = this.inside.get(key);
        if (!socket) {
            socket = createSocket('udp4');
            socket.on('message', (answer) => this.impair(port, () => this.closed || this.outside.send(answer, port, address)));
            this.inside.set(key, socket);
        }
        socket.send(datagram, this.server.port, this.server.address);
    }

    /** The next of a sequence (xorshift32), 0 to 1. */
    private chance(): number {
        this.random ^= this.random << 13;
        this.random ^= this.random >>> 17;
        this.random ^= this.random << 5;
        return (this.random >>> 0) / 2 ** 32;
    }
}
