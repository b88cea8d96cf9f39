import { join } from 'node:path';
import { ROOT, temporaryFolder } from '../src/paths.ts';
import { Daemon } from './daemon.ts';
import type { Network } from './network.ts';
import type { Certificate } from './pki.ts';

export const WEB_PORT = 443;
export const MEDIA_PORT = 40_000;

/** The real server on a node, as its users start it: the web on 443, with a certificate that browsers check. */
export function parley(
    network: Network,
    node: string,
    listensOn: string,
    certificate: Certificate,
    options: Readonly<Record<string, string | number>>,
): Daemon {
    const settings = {
        port: WEB_PORT,
        'media-port': MEDIA_PORT,
        certificate: certificate.chain,
        key: certificate.key,
        'data-dir': temporaryFolder('data'),
        'rooms-per-minute': 1000,
        ...options,
    };
    const command = [join(ROOT, 'run'), ...Object.entries(settings).map(([key, value]) => `--${key}=${value}`)];
    return new Daemon(network, node, command, { address: listensOn, port: WEB_PORT }, `nat-${node}`);
}
