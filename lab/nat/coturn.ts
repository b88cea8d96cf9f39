import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../src/paths.ts';
import { Daemon } from './daemon.ts';
import type { Network } from './network.ts';
import type { Certificate } from './pki.ts';
import { RELAY, RELAY_NAME, SERVER } from './world.ts';

export const TURN_PORT = 3478;
export const TURNS_PORT = 443;

/** What the server knows of coturn. */
export interface Turn {
    readonly daemon: Daemon;
    readonly secretFile: string;
    readonly urls: readonly string[];
}

/** A real coturn on the relay's address: UDP and TCP on the usual port, TLS on 443, relaying to the server alone. */
export function coturn(network: Network, certificate: Certificate): Turn {
    const folder = temporaryFolder('coturn');
    const secret = randomBytes(32).toString('hex');
    const secretFile = join(folder, 'secret');
    writeFileSync(secretFile, secret, { mode: 0o600 });
    const file = join(folder, 'turnserver.conf');
    writeFileSync(
        file,
        [
            `listening-ip=${RELAY}`,
            `relay-ip=${RELAY}`,
            `listening-port=${TURN_PORT}`,
            `tls-listening-port=${TURNS_PORT}`,
            'min-port=50000',
            'max-port=50999',
            'realm=parley.test',
            'fingerprint',
            'use-auth-secret',
            `static-auth-secret=${secret}`,
            `cert=${certificate.chain}`,
            `pkey=${certificate.key}`,
            'no-cli',
            'no-multicast-peers',
            'denied-peer-ip=0.0.0.0-255.255.255.255',
            `allowed-peer-ip=${SERVER}`,
            `userdb=${join(folder, 'turndb')}`,
            `pidfile=${join(folder, 'turnserver.pid')}`,
            'log-file=stdout',
            'simple-log',
        ].join('\n'),
    );
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
