import { type ChildProcess, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { createWriteStream, type WriteStream } from 'node:fs';
import { request } from 'node:https';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { LOGS, ROOT, temporaryFolder } from './paths.ts';
import { until } from './wait.ts';

export interface RunningServer {
    /** Without a slash at the end. */
    readonly url: string;
    /** The server's own, where a gate stands before it. */
    readonly port: number;
    readonly mediaPort: number;
    stop(): Promise<void>;
    /** Ends it, by Ctrl-C or, as a crash does, without a word, and starts it again as it was. */
    restart(how: 'SIGINT' | 'SIGKILL'): Promise<void>;
}

/** Enough for a start that has to build something. */
const START_TIME = 120_000;
const STOP_TIME = 15_000;

/**
 * Starts the real server as its users do, through `./run`, on ports and with a data folder of its own. It listens on the loopback
 * address alone and is stopped at the latest when this process ends.
 */
export async function startServer(name: string, options: Record<string, string | number> & { host?: string } = {}): Promise<RunningServer> {
    const [port, mediaPort] = await freePorts();
    const settings = {
        port,
        'media-port': mediaPort,
        host: '127.0.0.1',
        'announced-address': '127.0.0.1',
        'data-dir': temporaryFolder('data'),
        'rooms-per-minute': 1000,
        ...options,
    };
    const log = createWriteStream(join(LOGS, `${name}.server.log`));
    // Only the loopback address of IPv4 goes by that name everywhere.
    const url = `https://${settings.host === '127.0.0.1' ? 'localhost' : `[${settings.host}]`}:${port}`;
    let child = await launch(settings, url, log);
    return {
        url,
        port,
        mediaPort,
        stop: () => stop(child),
        async restart(how) {
            if (how === 'SIGINT') await stop(child);
            else await killed(child);
            child = await launch(settings, url, log);
        },
    };
}

/** A port for something else, such as a a gate, that nobody else takes. */
export async function freePort(): Promise<number> {
    return (await freePorts(10_000))[0];
}

async function launch(settings: object, url: string, log: WriteStream): Promise<ChildProcess> {
    const child = spawn(
        join(ROOT, 'run'),
        Object.entries(settings).map(([key, value]) => `--${key}=${value}`),
        { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    child.stdout.pipe(log, { end: false });
    child.stderr.pipe(log, { end: false });
    const kill = (): void => void child.kill('SIGKILL');
    process.on('exit', kill);
    child.once('exit', () => process.off('exit', kill));
    await until(
        async () => {
            if (child.exitCode !== null) throw new Error(`./run ended with ${child.exitCode}; see ${log.path}`);
            return (await status(`${url}/`)) === 200;
        },
        { within: START_TIME, every: 100, what: 'the server answers' },
    );
    return child;
}

async function killed(child: ChildProcess): Promise<void> {
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill('SIGKILL');
    await ended;
}

async function stop(child: ChildProcess): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill('SIGINT'); // Ctrl-C
    const late = setTimeout(() => child.kill('SIGKILL'), STOP_TIME);
    await ended;
    clearTimeout(late);
    if (child.signalCode === 'SIGKILL') throw new Error('The server did not stop on Ctrl-C.');
}

function status(url: string): Promise<number | undefined> {
    return new Promise((resolve) => {
        const call = request(url, { rejectUnauthorized: false, timeout: 5000 }, (response) => {
            response.resume();
            resolve(response.statusCode);
        });
        call.on('error', () => resolve(undefined));
        call.on('timeout', () => call.destroy());
        call.end();
    });
}

/** Ports below those that the system hands out by itself, so that nobody takes them in between. */
async function freePorts(from = 20_000): Promise<[tcp: number, udp: number]> {
    // Files that run at the same time have process ids close to each other: room for four servers each.
    const start = from + (process.pid % 1_250) * 8;
    for (let port = start; port < 32_000; port += 2) {
        if ((await isTcpFree(port)) && (await isTcpFree(port + 1)) && (await isUdpFree(port + 1))) return [port, port + 1];
    }
    throw new Error('no free port below 32000');
}

function isTcpFree(port: number): Promise<boolean> {
    return new Promise((resolve) => {
        const server = createServer();
        server.once('error', () => resolve(false));
        server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
    });
}

function isUdpFree(port: number): Promise<boolean> {
    return new Promise((resolve) => {
        const socket = createSocket('udp4');
        socket.once('error', () => resolve(false));
        socket.bind(port, '127.0.0.1', () => socket.close(() => resolve(true)));
    });
}
