import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, temporaryFolder } from '../src/paths.ts';
import { Daemon } from './daemon.ts';
import type { Network } from './network.ts';
import type { Certificate } from './pki.ts';
import { run } from './shell.ts';
import { RELAY, RELAY_NAME, SERVER } from './world.ts';

export const TURN_PORT = 3478;
export const TURNS_PORT = 443;

/** What the server knows of coturn. */
export interface Turn {
    readonly daemon: Daemon;
    readonly secretFile: string;
    readonly urls: readonly string[];
}

/**
 * A real coturn on the relay's address, with the configuration that `./run coturn-config` writes: UDP and TCP on the usual port, TLS on
 * 443, relaying to the server alone.
 */
export async function coturn(network: Network, certificate: Certificate): Promise<Turn> {
    const folder = temporaryFolder('coturn');
    const secretFile = join(folder, 'secret');
    writeFileSync(secretFile, randomBytes(32).toString('hex'), { mode: 0o600 });
    const file = join(folder, 'turnserver.conf');
    const settings = {
        out: file,
        host: RELAY,
        'announced-address': `${RELAY},${SERVER}`,
        'public-url': `https://${RELAY_NAME}/`,
        'data-dir': folder,
        'turn-secret-file': secretFile,
        'turn-port': TURN_PORT,
        'turn-tls-port': TURNS_PORT,
        certificate: certificate.chain,
        key: certificate.key,
    };
    const [ip, ...before] = network.on('relay');
    await run(ip, [...before, join(ROOT, 'run'), 'coturn-config', ...Object.entries(settings).map(([key, value]) => `--${key}=${value}`)]);
    // It is meant for the server's own machine. Here that is another one, and the server's address is not what coturn is called outside.
    writeFileSync(file, readFileSync(file, 'utf8').replace(/^external-ip=.*$/m, ''));
    return {
        daemon: new Daemon(network, 'relay', ['turnserver', '-c', file], { address: RELAY, port: TURNS_PORT }, 'nat-coturn'),
        secretFile,
        urls: [
            `turn:${RELAY}:${TURN_PORT}?transport=udp`,
            `turn:${RELAY}:${TURN_PORT}?transport=tcp`,
            `turns:${RELAY_NAME}:${TURNS_PORT}?transport=tcp`,
        ],
    };
}
