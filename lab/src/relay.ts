import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { temporaryFolder } from './paths.ts';
import { turnLogin } from './turnLogin.ts';
import { until } from './wait.ts';

const TURNSERVER = process.env['PARLEY_TURNSERVER'] ?? '/usr/bin/turnserver';

/** A coturn on the loopback address that relays to it, with a secret that the server shares, or does not. */
export interface Relay {
    readonly port: number;
    stop(): Promise<void>;
}

export async function startRelay(port: number, secret: string): Promise<Relay> {
    const folder = temporaryFolder('relay');
    const options = {
        'listening-ip': '127.0.0.1',
        'relay-ip': '127.0.0.1',
        'listening-port': port,
        'min-port': 15_000 + (process.pid % 1_000),
        'max-port': 15_100 + (process.pid % 1_000),
        'static-auth-secret': secret,
        realm: 'lab',
        userdb: join(folder, 'turndb'),
        pidfile: join(folder, 'pid'),
        'log-file': 'stdout',
    };
    const flags = ['--use-auth-secret', '--allow-loopback-peers', '--no-cli', '--no-tls', '--no-dtls', '--fingerprint'];
    const child: ChildProcess = spawn(TURNSERVER, ['-n', ...flags, ...Object.entries(options).map(([name, value]) => `--${name}=${value}`)], {
        stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const out of [child.stdout!, child.stderr!]) out.on('data', (text: Buffer) => (said += text.toString()));
    const kill = (): void => void child.kill('SIGKILL');
    process.on('exit', kill);
    await until(
        async () => {
            if (child.exitCode !== null) throw new Error(`coturn ended with ${child.exitCode}: ${said.slice(-500)}`);
            return (await answers(port)) && turnLogin(port, secret);
        },
        { what: 'coturn gives a relay' },
    );
    return {
        port,
        async stop() {
            const ended = new Promise((resolve) => child.once('exit', resolve));
            child.kill('SIGTERM');
            await ended;
            process.off('exit', kill);
        },
    };
}

/** Its UDP listener is open before its TCP one. */
function answers(port: number): Promise<boolean> {
    return new Promise((resolve) => {
        const socket = connect(port, '127.0.0.1', () => resolve(true));
        socket.once('error', () => resolve(false));
        socket.once('connect', () => socket.destroy());
    });
}

/** A file with the secret, as `--turn-secret-file` wants it. */
export function secretFile(secret: string): string {
    const file = join(temporaryFolder('secret'), 'turn');
    writeFileSync(file, secret, { mode: 0o600 });
    return file;
}
