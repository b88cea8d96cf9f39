/**
 * How a router translates addresses, in the words of RFC 3489, and of RFC 4787 behind them:
 *
 * - `full-cone`: endpoint-independent mapping and filtering. One port outside for one inside, and whoever knows it may send to it.
 * - `cone`: endpoint-independent mapping, address- and port-dependent filtering. What most homes have.
 * - `symmetric`: address- and port-dependent mapping. Each destination sees another port: what one of them says about it is of no use
 *   to another.
 */
export type Translation = 'full-cone' | 'cone' | 'symmetric';

/** What a firewall lets out; answers come back in. */
export interface Firewall {
    /** Rules of nft that match what may pass. */
    readonly accepts: readonly string[];
    /** Whether the rest is refused, so that the sender learns it at once, or disappears. */
    readonly others: 'drop' | 'reject';
}

/** The router's rules. `host` is the client that a full cone translates for. */
export function routerRules(translation: Translation, host: string, firewall?: Firewall): string {
    return `
        table ip translation {
            chain postrouting {
                type nat hook postrouting priority srcnat;
                oifname eth0 masquerade ${translation === 'symmetric' ? 'fully-random' : ''}
            }
            chain prerouting {
                type nat hook prerouting priority dstnat;
                ${translation === 'full-cone' ? `iifname eth0 udp dport 1024-65535 dnat to ${host}` : ''}
            }
            chain input {
                type filter hook input priority filter;
                # What was not asked for would take a port, and the next mapping would have to move.
                iifname eth0 ct state new drop
            }
        }
        table inet firewall {
            chain forward {
                type filter hook forward priority filter;
                ${firewall === undefined ? '' : firewallRules(firewall)}
            }
        }`;
}

function firewallRules({ accepts, others }: Firewall): string {
    const end = others === 'drop' ? ['drop'] : ['meta l4proto tcp reject with tcp reset', 'reject'];
    return [
        'iifname eth0 ct state established,related accept',
        ...accepts.map((rule) => `iifname eth1 ${rule} accept`),
        ...end,
    ].join('\n');
}

/** One address outside for one inside, in both directions, as clouds do it. */
export function oneToOneRules(outside: string, inside: string): string {
    return `
        table ip translation {
            chain prerouting {
                type nat hook prerouting priority dstnat;
                ip daddr ${outside} dnat to ${inside}
            }
            chain postrouting {
                type nat hook postrouting priority srcnat;
                ip saddr ${inside} oifname eth0 snat to ${outside}
            }
        }`;
}
