import { connect, createServer, type Server, type Socket } from 'node:net';

/**
 * A way of TCP connections between browsers and the server that can be shut: for pages and signalling, not for media. Shut, it
 * ends what is open and takes nothing new; silenced, it leaves everything open and passes nothing on, as when a computer sleeps.
 */
export class Gate {
    private readonly pairs = new Set<readonly [Socket, Socket]>();
    private readonly stranded: (readonly [Socket, Socket])[] = [];
    private isShut = false;
    private isSilent = false;

    private constructor(
        readonly port: number,
        private readonly server: Server,
    ) {}

    /** Listens on an address of the loopback network, and passes on to the target's port on the usual one. */
    static async open(port: number, target: number, address = '127.0.0.1'): Promise<Gate> {
        const server = createServer();
        const gate = new Gate(port, server);
        server.on('connection', (outside) => gate.join(outside, target));
        await new Promise<void>((listening, failed) => {
            server.once('error', failed);
            server.listen(port, address, listening);
        });
        return gate;
    }

    shut(): void {
        this.isShut = true;
        for (const pair of this.pairs) pair.forEach((socket) => socket.destroy());
    }

    silence(): void {
        this.isSilent = true;
        for (const pair of this.pairs) pair.forEach((socket) => socket.pause());
    }

    /** What is open now will never hear anything again, and nobody tells it: its network has gone. New connections pass. */
    strand(): void {
        for (const pair of this.pairs) {
            pair.forEach((socket) => socket.pause());
            this.pairs.delete(pair);
            this.stranded.push(pair);
        }
    }

    /** As before. */
    restore(): void {
        this.isShut = false;
        this.isSilent = false;
        for (const pair of this.pairs) pair.forEach((socket) => socket.resume());
    }

    async close(): Promise<void> {
        this.shut();
        for (const pair of this.stranded) pair.forEach((socket) => socket.destroy());
        await new Promise((closed) => this.server.close(closed));
    }

    private join(outside: Socket, target: number): void {
        if (this.isShut) {
            outside.destroy();
            return;
        }
        const inside = connect(target, '127.0.0.1');
        const pair = [outside, inside] as const;
        this.pairs.add(pair);
        for (const [from, to] of [pair, [inside, outside] as const]) {
            from.on('data', (bytes) => void to.write(bytes));
            from.on('end', () => to.end());
            from.on('error', () => to.destroy());
            from.on('close', () => {
                to.destroy();
                this.pairs.delete(pair);
            });
            if (this.isSilent) from.pause();
        }
    }
}
