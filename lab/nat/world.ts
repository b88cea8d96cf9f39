import type { Plug, Topology } from './topology.ts';

/** Addresses that documentation may use (RFC 5737, RFC 3849), so that nothing real is ever meant. */
export const SERVER = '203.0.113.10';
export const SERVER_V6 = '2001:db8::10';
/** The TURN server, which is the server's second address: its port 443 is free. */
export const RELAY = '203.0.113.20';
/** Firefox does not connect to an address by TURN over TLS, only to a name. */
export const RELAY_NAME = 'turn.parley.test';
/** The public address of the cloud's 1:1 NAT, behind which a second server is. */
export const CLOUD = '203.0.113.30';
/** Somebody to whom nobody has spoken. */
export const STRANGER = '203.0.113.99';
export const CLOUD_INSIDE = '10.138.0.2';

/** The three networks that people are in, each behind a router of its own. */
export type SiteName = 'a' | 'b' | 'c';

interface Site {
    readonly router: string;
    /** What the world sees of everybody in it. */
    readonly outside: string;
    readonly outsideV6: string;
    readonly lan: string;
    readonly lanV6: string;
}

const SITE_NUMBERS = { a: 1, b: 2, c: 3 } as const;

export const SITES = Object.fromEntries(
    Object.entries(SITE_NUMBERS).map(([name, number]) => [
        name,
        {
            router: `router-${name}`,
            outside: `203.0.113.10${number}`,
            outsideV6: `2001:db8::10${number}`,
            lan: `192.168.${number}`,
            lanV6: `2001:db8:${number}:`,
        },
    ]),
) as Record<SiteName, Site>;

/** Which families of addresses a client has. */
export type Family = 'v4' | 'v6';

/** A client's place in a site's network: `host` is the last part of its address. */
export function place(site: SiteName, host: number, family: Family = 'v4'): { plug: Plug; routes: string[] } {
    const { lan, lanV6 } = SITES[site];
    return {
        plug: { segment: `lan-${site}`, addresses: [family === 'v4' ? `${lan}.${host}/24` : `${lanV6}:${host}/64`] },
        routes: [family === 'v4' ? `default via ${lan}.1` : `default via ${lanV6}:1`],
    };
}

function client(site: SiteName, host: number): Topology['nodes'][string] {
    const { plug, routes } = place(site, host);
    return { interfaces: { eth0: plug }, routes };
}

/** Who is where at first. */
export const PEOPLE = {
    ann: { site: 'a', host: 2 },
    bob: { site: 'b', host: 3 },
    fay: { site: 'c', host: 4 },
} as const satisfies Record<string, { site: SiteName; host: number }>;

export type PersonNode = keyof typeof PEOPLE;

const sites = Object.values(SITES);

/** Clients' networks are reached through their routers; IPv6 is routed, not translated. */
const ROUTES_V6 = sites.map(({ lanV6, outsideV6 }) => `${lanV6}:/64 via ${outsideV6}`);

/** See the picture in lab/README.md. */
export const WORLD: Topology = {
    segments: ['internet', 'vpc', 'lan-a', 'lan-b', 'lan-c'],
    nodes: {
        server: { interfaces: { eth0: { segment: 'internet', addresses: [`${SERVER}/24`, `${SERVER_V6}/64`] } }, routes: ROUTES_V6 },
        relay: { interfaces: { eth0: { segment: 'internet', addresses: [`${RELAY}/24`] } } },
        stranger: { interfaces: { eth0: { segment: 'internet', addresses: [`${STRANGER}/24`] } } },
        cloud: {
            interfaces: {
                eth0: { segment: 'internet', addresses: [`${CLOUD}/24`] },
                eth1: { segment: 'vpc', addresses: ['10.138.0.1/24'] },
            },
            forwards: true,
        },
        vm: { interfaces: { eth0: { segment: 'vpc', addresses: [`${CLOUD_INSIDE}/24`] } }, routes: ['default via 10.138.0.1'] },
        ...Object.fromEntries(
            Object.entries(SITES).map(([name, { router, outside, outsideV6, lan, lanV6 }]) => [
                router,
                {
                    interfaces: {
                        eth0: { segment: 'internet', addresses: [`${outside}/24`, `${outsideV6}/64`] },
                        eth1: { segment: `lan-${name}`, addresses: [`${lan}.1/24`, `${lanV6}:1/64`] },
                    },
                    forwards: true,
                },
            ]),
        ),
        ...Object.fromEntries(Object.entries(PEOPLE).map(([name, { site, host }]) => [name, client(site, host)])),
    },
};
