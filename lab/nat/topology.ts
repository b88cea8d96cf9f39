/**
 * Networks as data. A segment is a switch that nodes are plugged into; a node is a machine with a network stack of its own: a client,
 * a server, or a router when it forwards.
 */
export interface Topology {
    readonly segments: readonly string[];
    readonly nodes: Readonly<Record<string, Machine>>;
}

export interface Machine {
    /** By name, such as `eth0`. */
    readonly interfaces: Readonly<Record<string, Plug>>;
    /** As for `ip route add`: `default via 192.168.1.1`. */
    readonly routes?: readonly string[];
    readonly forwards?: boolean;
}

export interface Plug {
    readonly segment: string;
    /** With their prefix lengths, of both families. */
    readonly addresses: readonly string[];
}
