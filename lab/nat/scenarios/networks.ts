import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { meet } from '../call.ts';
import { type Lab, URL_CLOUD, URL_V4, URL_V6 } from '../lab.ts';
import { noteConnected } from '../matrix.ts';
import { type Path, settledPathsOf } from '../path.ts';
import { MEDIA_PORT } from '../parley.ts';
import { CLOUD, PEOPLE, type PersonNode, SERVER_V6, SITES, type SiteName } from '../world.ts';
import { type NetworkName, NETWORKS } from './firewalls.ts';

const BROWSERS = { ann: 'Chromium', bob: 'Chromium', fay: 'Firefox' } as const satisfies Record<PersonNode, string>;

/** Ann, whose network is the usual one, meets somebody in each of the networks, who joins when she is there. */
export function networks(lab: () => Lab): void {
    describe('two people in different networks', () => {
        afterEach(async () => {
            const problems = await lab().part();
            await Promise.all((['a', 'b', 'c'] as const).map((site) => lab().router(site, 'cone')));
            assert.deepEqual(problems, []);
        });

        const met = async (network: string, who: PersonNode, url: string, check: (path: Path) => void): Promise<void> => {
            const { second, firstFrame } = await meet(lab(), ['ann', who], url);
            const paths = await settledPathsOf(second, check);
            noteConnected({ network, browsers: `Chromium – ${BROWSERS[who]}`, paths, firstFrame });
        };

        for (const [who, names] of [
            ['bob', Object.keys(NETWORKS)],
            ['fay', ['cone NAT', 'symmetric NAT', 'UDP blocked', 'only TCP 443']],
        ] as [PersonNode, NetworkName[]][]) {
            for (const name of names) {
                test(`${BROWSERS[who]} behind ${name}`, async () => {
                    const { translation, firewall, expects } = NETWORKS[name];
                    await lab().router(PEOPLE[who].site, translation, firewall);
                    await met(name, who, URL_V4, (path) => expects(path, SITES[PEOPLE[who].site as SiteName].outside));
                });
            }
        }

        test('two behind the same NAT', async () => {
            await lab().move('bob', 'a');
            try {
                await met('same NAT', 'bob', URL_V4, (path) => NETWORKS['cone NAT'].expects(path, SITES.a.outside));
            } finally {
                await lab().move('bob');
            }
        });

        test('the server behind 1:1 NAT', async () => {
            await lab().openCloud();
            await met('server behind 1:1 NAT', 'bob', URL_CLOUD, ({ protocol, remote, remotePort }) =>
                assert.deepEqual({ protocol, remote, remotePort }, { protocol: 'udp', remote: CLOUD, remotePort: MEDIA_PORT }),
            );
        });

        test('IPv6 only', async () => {
            const both = ['ann', 'bob'] as const;
            await Promise.all(both.map((who) => lab().move(who, undefined, 'v6')));
            try {
                await met('IPv6 only', 'bob', URL_V6, ({ type, protocol, remote }) =>
                    assert.deepEqual({ type, protocol, remote }, { type: 'host', protocol: 'udp', remote: SERVER_V6 }),
                );
            } finally {
                await Promise.all(both.map((who) => lab().move(who)));
            }
        });
    });
}
