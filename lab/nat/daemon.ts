import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import { LOGS, ROOT } from '../src/paths.ts';
import { until } from '../src/wait.ts';
import type { Network } from './network.ts';

/** Where a daemon listens on TCP, by which it is known to have started. */
interface Listening {
    readonly address: string;
    readonly port: number;
}

/** A program that runs on a node until it is stopped, at the latest when this process ends. Its words are kept in build/lab. */
export class Daemon {
    private child: ChildProcess | undefined;
    private readonly log: WriteStream;

    constructor(
        private readonly network: Network,
        private readonly node: string,
        private readonly command: readonly string[],
        private readonly listening: Listening,
        readonly name: string,
    ) {
        this.log = createWriteStream(join(LOGS, `${name}.log`));
    }

    /** Resolves when it can be connected to. */
    async start(within = 120_000): Promise<void> {
        const { network, node, name, log } = this;
        const [ip, ...before] = network.on(node);
        const child = spawn(ip, [...before, ...this.command], { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
        this.child = child;
        child.stdout.pipe(log, { end: false });
        child.stderr.pipe(log, { end: false });
        await until(
            () => {
                if (child.exitCode !== null) throw new Error(`${name} ended with ${child.exitCode}; see ${log.path}`);
                return this.answers();
            },
            { within, every: 50, what: `${name} listens` },
        );
    }

    /** Ends it with a signal, and waits until it has ended. */
    async stop(signal: NodeJS.Signals = 'SIGINT'): Promise<void> {
        const { child } = this;
        if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
        const ended = new Promise((resolve) => child.once('exit', resolve));
        child.kill(signal);
        const late = setTimeout(() => child.kill('SIGKILL'), 15_000);
        await ended;
        clearTimeout(late);
    }

    private answers(): Promise<boolean> {
        const { address, port } = this.listening;
        return this.network.run(this.node, 'bash', '-c', `exec 3<>/dev/tcp/${address}/${port}`).then(() => true, () => false);
    }
}
