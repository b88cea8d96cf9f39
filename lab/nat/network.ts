import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { run } from './shell.ts';
import type { Machine, Plug, Topology } from './topology.ts';

/** Begins the names of all namespaces of all runs; the id of the process that made them follows. */
export const PREFIX = 'parley-lab-';

/** Where all switches are. It has no address, so that nothing is routed there. */
const SWITCHES = 'switches';

/**
 * A topology made of network namespaces: one for each node, and one for the switches between them. Nothing of it is visible outside
 * of them, so a namespace that is deleted takes everything in it along.
 */
export class Network {
    private readonly prefix = `${PREFIX}${process.pid}-`;
    private readonly atExit = (): void => removeNamespaces((name) => name.startsWith(this.prefix));

    private constructor(private readonly topology: Topology) {}

    /** Fails with the reason where namespaces are not permitted. */
    static async up(topology: Topology): Promise<Network> {
        Network.sweep();
        const network = new Network(topology);
        process.on('exit', network.atExit);
        await network.build();
        return network;
    }

    /** Takes away what runs left over that ended without being able to clean up, with whatever still runs in it. */
    static sweep(): void {
        removeNamespaces((name) => {
            const owner = new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1];
            return owner !== undefined && !existsSync(`/proc/${owner}`);
        });
    }

    /** The name of a node's namespace. */
    namespace(node: string): string {
        return this.prefix + node;
    }

    /** What to put before a command so that it runs on a node. */
    on(node: string): [program: string, ...parameters: string[]] {
        return ['ip', 'netns', 'exec', this.namespace(node)];
    }

    /** Runs a program on a node to its end. */
    run(node: string, program: string, ...parameters: string[]): Promise<string> {
        const [ip, ...before] = this.on(node);
        return run(ip, [...before, program, ...parameters]);
    }

    /** Lines as for `ip`, carried out on a node, all or (when one fails) up to that one. */
    async configure(node: string, ...lines: string[]): Promise<void> {
        await run('ip', ['-n', this.namespace(node), '-batch', '-'], lines.join('\n'));
    }

    /** Replaces what a node filters and translates by rules in nft's own language; connections that are known stay known. */
    async filter(node: string, rules: string): Promise<void> {
        const [ip, ...before] = this.on(node);
        await run(ip, [...before, 'nft', '-f', '-'], `flush ruleset\n${rules}`);
    }

    /** Pulls the cable of a node's interface: it has no network, and no address. */
    async unplug(node: string, name = 'eth0'): Promise<void> {
        await this.configure(node, `link set ${name} down`, `address flush dev ${name}`);
    }

    /** Plugs it in, there or elsewhere, with the addresses and routes that are given there. */
    async plug(node: string, { segment, addresses }: Plug, routes: readonly string[], name = 'eth0'): Promise<void> {
        await this.configure(SWITCHES, `link set ${port(node, name)} master ${segment}`);
        await this.configure(node, ...linkUp(name, addresses), ...routes.map((route) => `route replace ${route}`));
    }

    down(): void {
        process.off('exit', this.atExit);
        this.atExit();
    }

    private async build(): Promise<void> {
        const { segments, nodes } = this.topology;
        const all = Object.entries(nodes);
        try {
            await run('ip', ['-batch', '-'], [SWITCHES, ...Object.keys(nodes)].map((node) => `netns add ${this.namespace(node)}`).join('\n'));
        } catch (error) {
            throw new Error(
                'The NAT lab needs network namespaces, that is: root with the capabilities CAP_NET_ADMIN and CAP_SYS_ADMIN ' +
                    `(in a container: docker run --privileged). This was not permitted:\n${(error as Error).message}`,
            );
        }
        await this.configure(
            SWITCHES,
            ...segments.flatMap((segment) => [`link add ${segment} type bridge`, `link set ${segment} up`]),
            ...all.flatMap(([node, { interfaces }]) =>
                Object.entries(interfaces).flatMap(([name, { segment }]) => [
                    `link add ${port(node, name)} type veth peer name ${name} netns ${this.namespace(node)}`,
                    `link set ${port(node, name)} master ${segment} up`,
                ]),
            ),
        );
        await Promise.all(all.map(([node, machine]) => this.start(node, machine)));
    }

    private async start(node: string, { interfaces, routes = [], forwards = false }: Machine): Promise<void> {
        await this.run(
            node,
            'sysctl',
            '-qw',
            // Else a link-local address is there a second after its link, and browsers take that for another change of network.
            ...Object.keys(interfaces).map((name) => `net.ipv6.conf.${name}.dad_transmits=0`),
            ...(forwards ? ['net.ipv4.ip_forward=1', 'net.ipv6.conf.all.forwarding=1'] : []),
        );
        await this.configure(
            node,
            'link set lo up',
            ...Object.entries(interfaces).flatMap(([name, { addresses }]) => linkUp(name, addresses)),
            ...routes.map((route) => `route add ${route}`),
        );
    }
}

/** The switch's end of a cable. */
function port(node: string, name: string): string {
    return `${node}-${name}`;
}

function linkUp(name: string, addresses: readonly string[]): string[] {
    return [
        // Duplicate addresses are not looked for, or an address of IPv6 could not be used for a second.
        ...addresses.map((address) => `address add ${address} dev ${name}${address.includes(':') ? ' nodad' : ''}`),
        `link set ${name} up`,
    ];
}

/** Ends what runs in them first: a namespace lives as long as a process in it. */
function removeNamespaces(which: (name: string) => boolean): void {
    const { stdout = '' } = spawnSync('ip', ['netns', 'list'], { encoding: 'utf8' });
    const names = stdout.split('\n').map((line) => line.split(' ')[0]!).filter((name) => name !== '' && which(name));
    for (const name of names) {
        const { stdout: pids = '' } = spawnSync('ip', ['netns', 'pids', name], { encoding: 'utf8' });
        for (const pid of pids.split('\n').filter(Boolean)) {
            try {
                process.kill(Number(pid), 'SIGKILL');
            } catch {
                // It ended by itself.
            }
        }
    }
    for (const name of names) {
        try {
            execFileSync('ip', ['netns', 'delete', name], { stdio: 'ignore' });
        } catch {
            // Another run swept at the same time.
        }
    }
}
