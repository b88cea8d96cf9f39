import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from '../src/paths.ts';
import { until } from '../src/wait.ts';
import type { Network } from './network.ts';
import { run } from './shell.ts';

/** What goes over a node's interface, from the start of this to its end, in a file that is kept in build/lab. */
export class Capture {
    readonly file: string;
    private constructor(
        name: string,
        private readonly end: () => Promise<void>,
    ) {
        this.file = fileOf(name);
    }

    static async start(network: Network, node: string, name: string): Promise<Capture> {
        // Else a row of datagrams that the server hands to the kernel at once is captured as one.
        await network.configure(node, 'link set eth0 gso_max_segs 1');
        const [ip, ...before] = network.on(node);
        const child = spawn(ip, [...before, 'tcpdump', '-i', 'eth0', '-U', '-s', '0', '-w', fileOf(name), '-Z', 'root'], {
            stdio: ['ignore', 'ignore', 'pipe'],
        });
        let words = '';
        child.stderr.setEncoding('utf8').on('data', (text: string) => (words += text));
        const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
        await until(() => {
            if (child.exitCode !== null) throw new Error(`tcpdump ended with ${child.exitCode}: ${words}`);
            return words.includes('listening on');
        }, { what: 'tcpdump listens' });
        return new Capture(name, async () => {
            child.kill('SIGINT');
            await ended;
            if (!/\b0 packets dropped by kernel/.test(words)) throw new Error(`tcpdump has missed something: ${words}`);
        });
    }

    stop(): Promise<void> {
        return this.end();
    }

    /** What tshark makes of it: the fields of each packet that the filter lets through, those with several values as lists. */
    async show(filter: string, fields: readonly string[], keyLog?: string): Promise<string[][][]> {
        const keys = keyLog === undefined ? [] : ['-o', `tls.keylog_file:${keyLog}`];
        const wanted = fields.flatMap((field) => ['-e', field]);
        const text = await run('tshark', ['-n', '-r', this.file, ...keys, '-Y', filter, '-T', 'fields', '-E', 'separator=;', '-E', 'aggregator=,', ...wanted]);
        return text
            .split('\n')
            .filter(Boolean)
            .map((line) => line.split(';').map((values) => values.split(',').filter(Boolean)));
    }
}

function fileOf(name: string): string {
    return join(ROOT, 'build/lab', `${name}.pcap`);
}
