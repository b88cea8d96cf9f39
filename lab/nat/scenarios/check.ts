import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { type CheckResult, checked, faultsOf } from '../../src/checkPage.ts';
import type { PersonNode } from '../world.ts';
import { type Lab, URL_V4 } from '../lab.ts';
import { PEOPLE } from '../world.ts';
import { NETWORKS, type NetworkName } from './firewalls.ts';

/** The page that tries the connection says what each network lets through; no line is about the server being unwell. */
const EXPECTED: readonly { readonly who: PersonNode; readonly network: NetworkName; readonly blocked: readonly string[]; readonly verdict: string }[] = [
    { who: 'ann', network: 'cone NAT', blocked: [], verdict: 'good' },
    { who: 'fay', network: 'cone NAT', blocked: [], verdict: 'good' },
    { who: 'ann', network: 'UDP blocked', blocked: ['udp', 'relay-udp'], verdict: 'limited' },
    { who: 'fay', network: 'only TCP 443', blocked: ['udp', 'tcp', 'relay-udp', 'relay-tcp'], verdict: 'limited' },
];

/** Devices are not what a network has to do with. */
const DEVICES = /^(microphone|camera|codecs) /;

export function check(lab: () => Lab): void {
    describe('the connection check', () => {
        afterEach(async () => {
            for (const who of ['ann', 'fay'] as const) await lab().router(PEOPLE[who].site, 'cone');
            await lab().part();
        });

        for (const { who, network, blocked, verdict } of EXPECTED) {
            test(`says of "${network}" what it lets through, in ${who === 'fay' ? 'Firefox' : 'Chromium'}`, async (t) => {
                const { translation, firewall } = NETWORKS[network] as { translation: 'cone'; firewall?: never };
                await lab().router(PEOPLE[who].site, translation, firewall);
                const { page } = await lab().person(who);
                const result: CheckResult = await checked(page, `${URL_V4}/check.html`);
                t.diagnostic(result.lines.join(', '));
                const faults = faultsOf(result).filter((line) => !DEVICES.test(line));
                assert.deepEqual(faults.map((line) => line.split(' ')[0]), blocked);
                assert.ok(faults.every((line) => line.includes(' failed ')), faults.join());
                assert.equal(result.verdict, verdict);
            });
        }
    });
}
