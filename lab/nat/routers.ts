/**
 * How a router translates addresses, in the words of RFC 3489, and of RFC 4787 behind them:
 *
 * - `full-cone`: endpoint-independent mapping and filtering. One port outside for one inside, and whoever knows it may send to it.
 * - `cone`: endpoint-independent mapping, address- and port-dependent filtering. What most homes have.
 * - `symmetric`: address- and port-dependent mapping. Each destination sees another port: what one of them says about it is of no use
 *   to another.
 */
export type Translation = 'full-cone' | 'cone' | 'symmetric';

/** Where a firewall lets clients go; answers from there come back in. */
export interface Opening {
    readonly protocol: 'tcp' | 'udp';
    /** Left out: anywhere. */
    readonly to?: string;
    /** Left out: any. */
    readonly port?: number;
}

export interface Firewall {
    readonly opens: readonly Opening[];
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

/** Both ways are spelt out: what was known before must not get in because it is known. */
function firewallRules({ opens, others }: Firewall): string {
    const matches = ({ protocol, to, port }: Opening, side: 'd' | 's'): string =>
        `${to === undefined ? '' : `ip ${side}addr ${to}`} ${protocol} ${side}port ${port ?? '0-65535'} accept`;
    return [
        ...opens.flatMap((opening) => [
            `iifname eth1 ${matches(opening, 'd')}`,
            `iifname eth0 ct state established ${matches(opening, 's')}`,
        ]),
        'iifname eth0 ip protocol icmp ct state related accept',
        ...(others === 'drop' ? ['drop'] : ['iifname eth1 meta l4proto tcp reject with tcp reset', 'iifname eth1 reject', 'drop']),
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
