import assert from 'node:assert/strict';
import { TURN_PORT } from '../coturn.ts';
import { MEDIA_PORT } from '../parley.ts';
import type { Path } from '../path.ts';
import type { Firewall, Translation } from '../routers.ts';
import { RELAY, SERVER } from '../world.ts';

/** A network to be in, and what has to carry media out of it; `outside` is the router's address. */
interface Surroundings {
    readonly translation: Translation;
    readonly firewall?: Firewall;
    expects(path: Path, outside: string): void;
}

/**
 * Straight to the server. Browsers know what the NAT makes of their address from the TURN server (`srflx`) or from the first answer
 * (`prflx`), whichever came first; behind a symmetric one, only the latter is true.
 */
function direct(protocol: 'udp' | 'tcp', types: readonly string[] = ['srflx', 'prflx']): Surroundings['expects'] {
    return (path, outside) => {
        assert.equal(path.protocol, protocol, JSON.stringify(path));
        assert.equal(`${path.remote}:${path.remotePort}`, `${SERVER}:${MEDIA_PORT}`);
        assert.ok(types.includes(path.type), JSON.stringify(path));
        assert.equal(path.address, outside);
    };
}

function relayed(relayProtocol: 'udp' | 'tcp' | 'tls'): Surroundings['expects'] {
    return (path) => {
        assert.equal(path.type, 'relay', JSON.stringify(path));
        assert.equal(path.relayProtocol, relayProtocol);
        assert.equal(path.address, RELAY);
        assert.equal(path.remote, SERVER);
    };
}

const WEB = { protocol: 'tcp', to: SERVER, port: 443 } as const;

const ALL = {
    'cone NAT': { translation: 'cone', expects: direct('udp') },
    'full-cone NAT': { translation: 'full-cone', expects: direct('udp') },
    'symmetric NAT': { translation: 'symmetric', expects: direct('udp', ['prflx']) },
    'UDP blocked': {
        translation: 'cone',
        firewall: { opens: [{ protocol: 'tcp' }], others: 'drop' },
        expects: direct('tcp'),
    },
    'only TCP 443': {
        translation: 'cone',
        firewall: { opens: [{ protocol: 'tcp', port: 443 }], others: 'reject' },
        expects: relayed('tls'),
    },
    'only the relay, by UDP': {
        translation: 'symmetric',
        firewall: { opens: [WEB, { protocol: 'udp', to: RELAY, port: TURN_PORT }], others: 'drop' },
        expects: relayed('udp'),
    },
    'only the relay, by TCP': {
        translation: 'symmetric',
        firewall: { opens: [WEB, { protocol: 'tcp', to: RELAY, port: TURN_PORT }], others: 'drop' },
        expects: relayed('tcp'),
    },
    'only the relay, by TLS': {
        translation: 'symmetric',
        firewall: { opens: [WEB, { protocol: 'tcp', to: RELAY, port: 443 }], others: 'drop' },
        expects: relayed('tls'),
    },
} as const satisfies Record<string, Surroundings>;

export type NetworkName = keyof typeof ALL;

export const NETWORKS: Readonly<Record<NetworkName, Surroundings>> = ALL;
