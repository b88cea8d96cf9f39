import type { ParleyClient } from '../../sdk';

let client: Promise<ParleyClient> | undefined;

/** The SDK's client, fetched once and on demand: pages can be seen and used before it has arrived. */
export function parleyClient(): Promise<ParleyClient> {
    client ??= import('../../sdk').then((sdk) => new sdk.ParleyClient());
    // A failed download may be tried again.
    client.catch(() => {
        client = undefined;
    });
    return client;
}
