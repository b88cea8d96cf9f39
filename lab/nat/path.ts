import type { Person } from '../src/person.ts';
import { until } from '../src/wait.ts';

/** What carries one of a person's connections, as the browser tells it of the candidate pair in use. */
export interface Path {
    readonly direction: 'send' | 'recv';
    /** The local candidate's type: `prflx` behind a NAT that nobody else told the browser about. */
    readonly type: string;
    /** From the browser to what it talks to: the server, or the relay. */
    readonly protocol: 'udp' | 'tcp';
    /** From the browser to the relay: `udp`, `tcp` or `tls`. */
    readonly relayProtocol?: string;
    /** What the world sees of the browser, or of its relay, as far as the browser tells it. */
    readonly address?: string;
    /** The server's. */
    readonly remote: string;
    readonly remotePort: number;
}

type Stats = Record<string, string | number | boolean | undefined>;

/** Both connections of somebody; waits until they are there. */
export async function pathsOf(person: Person, within = 20_000): Promise<Path[]> {
    return until(
        async () => {
            const paths = await currentPaths(person);
            return paths.length === 2 ? paths : undefined;
        },
        { within, what: `both of ${person.name}'s connections are up` },
    );
}

/**
 * Both connections of somebody, once each is as it should be: browsers begin to send on whichever pair works first, and change to
 * the best one when they have tried it. Fails with all that was seen, and when.
 */
export async function settledPathsOf(person: Person, check: (path: Path) => void, within = 20_000): Promise<Path[]> {
    const start = Date.now();
    const seen: string[] = [];
    let objection: unknown;
    try {
        return await until(
            async () => {
                const paths = await pathsOf(person, within);
                const words = paths.map((path) => `${path.direction} ${inWords(path)}`).join(', ');
                if (!seen.at(-1)?.endsWith(words)) seen.push(`${Date.now() - start} ms: ${words}`);
                try {
                    paths.forEach(check);
                    return paths;
                } catch (wrong) {
                    objection = wrong;
                    return undefined;
                }
            },
            { within, what: `${person.name}'s connections are as they should be` },
        );
    } catch (timeout) {
        throw new Error(`${String(timeout)}; seen: ${seen.join('; ')}; ${String(objection)}`, { cause: timeout });
    }
}

/** Of those connections that are up now. */
export function currentPaths(person: Person): Promise<Path[]> {
    return person.page.evaluate(async () => {
        const { parleyProbe } = globalThis as unknown as { parleyProbe: { connections: RTCPeerConnection[] } };
        const paths = await Promise.all(
            parleyProbe.connections
                .filter(({ iceConnectionState }) => iceConnectionState === 'connected' || iceConnectionState === 'completed')
                .map(async (connection) => {
                    const all = [...(await connection.getStats()).values()] as Stats[];
                    const byId = (id: unknown): Stats | undefined => (id === undefined ? undefined : all.find((one) => one['id'] === id));
                    const transport = all.find(({ type }) => type === 'transport');
                    // Firefox marks the pair instead of naming it.
                    const pair = byId(transport?.['selectedCandidatePairId']) ?? all.find(({ type, selected }) => type === 'candidate-pair' && selected);
                    const [local, remote] = [byId(pair?.['localCandidateId']), byId(pair?.['remoteCandidateId'])];
                    if (!local || !remote) return undefined;
                    const sends = connection.getTransceivers().some(({ currentDirection }) => currentDirection === 'sendonly');
                    return {
                        direction: sends ? 'send' : 'recv',
                        type: local['candidateType'],
                        protocol: local['protocol'],
                        ...(local['relayProtocol'] !== undefined && { relayProtocol: local['relayProtocol'] }),
                        ...(local['address'] !== undefined && { address: local['address'] }),
                        remote: remote['address'],
                        remotePort: remote['port'],
                    };
                }),
        );
        return paths.filter((path) => path !== undefined) as unknown as Path[];
    });
}

/** In a word, for tables: `prflx/udp`, `relay/tls`. */
export function inWords({ type, protocol, relayProtocol }: Path): string {
    return `${type}/${type === 'relay' ? (relayProtocol ?? '?') : protocol}`;
}
