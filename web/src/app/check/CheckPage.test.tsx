// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor, within } from '../testing/dom';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { CheckLine, CheckOptions, ConnectionReport } from '../../sdk/check';
import { showLanguage } from '../i18n';
import { checkTexts, translator, type CheckKey } from '../i18n/check';
import { check as de } from '../i18n/de/check';
import { check as en } from '../i18n/en/check';
import { CheckPage } from './CheckPage';
import { reportText } from './reportText';

const LINES: CheckLine[] = [
    { id: 'https', status: 'passed', milliseconds: 12, address: 'meet.example' },
    { id: 'udp', status: 'failed', reason: 'udp/blocked', address: '192.0.2.1:44444' },
    { id: 'relay-tls', status: 'skipped', reason: 'probe/not-offered' },
    { id: 'camera', status: 'running', reason: 'device/asking' },
];
const report = (change: Partial<ConnectionReport> = {}): ConnectionReport => ({
    verdict: 'limited', lines: LINES, startedAt: '2026-01-02T03:04:05.000Z', server: 'https://meet.example', userAgent: 'Test', ...change,
});

let runs: CheckOptions[];
const run = (options: CheckOptions) => {
    runs.push(options);
    return new Promise<ConnectionReport>(() => undefined);
};
const tell = async (now: ConnectionReport) => {
    runs.at(-1)!.onChange!(now);
    await screen.findByTestId('check-copy');
};

beforeEach(() => {
    runs = [];
});

afterEach(async () => {
    cleanup();
    await showLanguage('en');
    vi.unstubAllGlobals();
});

describe('the page', () => {
    test('begins by itself, and shows each line with its state, its cause and cure, and its figures', async () => {
        render(<CheckPage run={run} texts={en} />);
        expect(runs).toHaveLength(1);
        expect(screen.getByTestId('check-verdict').textContent).toContain('Checking…');
        await tell(report());
        const rows = screen.getAllByTestId('check-line');
        expect(rows.map(({ dataset }) => `${dataset['id']} ${dataset['status']}`))
            .toEqual(['https passed', 'udp failed', 'relay-tls skipped', 'camera running']);
        expect(within(rows[0]!).getByText('12 ms · meet.example')).toBeTruthy();
        expect(rows[1]!.textContent).toContain('Ask whoever runs it to allow UDP');
        expect(rows[1]!.textContent).toContain('192.0.2.1:44444');
        expect(rows[3]!.textContent).toContain('Please answer there');
        expect(screen.getByTestId('check-verdict').textContent).toContain('You can meet, with limits');
    });

    test('checks again when asked, and never shows what an earlier round finds out late', async () => {
        render(<CheckPage run={run} texts={en} />);
        await tell(report());
        fireEvent.click(screen.getByTestId('check-again'));
        await waitFor(() => expect(runs).toHaveLength(2));
        expect(runs[0]!.signal!.aborted).toBe(true);
        await tell(report({ verdict: 'good' }));
        runs[0]!.onChange!(report({ verdict: 'blocked' }));
        expect(screen.getByTestId('check-page').dataset['verdict']).toBe('good');
    });

    test('ends what runs when it is left', async () => {
        render(<CheckPage run={run} texts={en} />);
        await waitFor(() => expect(runs).toHaveLength(1));
        cleanup();
        await waitFor(() => expect(runs[0]!.signal!.aborted).toBe(true));
    });

    test('changes its language with the rest', async () => {
        render(<CheckPage run={run} texts={en} />);
        await showLanguage('de');
        expect(await screen.findByText('Verbindung prüfen', { selector: 'h1' })).toBeTruthy();
    });
});

describe('the texts', () => {
    test.each(Object.keys(en) as CheckKey[])('%s is there in German with the same places to fill', (key) => {
        const slots = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!).sort();
        expect(slots(de[key])).toEqual(slots(en[key]));
        expect(de[key].trim()).not.toBe('');
    });

    test('make a report that can be sent to somebody', async () => {
        const text = reportText(report(), translator(await checkTexts('en')));
        expect(text).toContain('Server: https://meet.example');
        expect(text).toContain('Pages (HTTPS): Works (12 ms, meet.example)');
        expect(text).toMatch(/Direct, UDP: Does not work \(192\.0\.2\.1:44444\)\n {4}Your network or a firewall/);
    });
});
