import { afterEach, describe, expect, test } from 'vitest';
import { showLanguage, t } from '../i18n';
import type { Sample } from './samples';
import { FIRST, GOOD, isSuspicious, judgeOther, judgeOwn, steady, UNKNOWN, type OtherEvidence, type OwnEvidence, type Upstream, type Verdict } from './verdict';
import { troubleText } from './words';

const sample = (change: Partial<Sample> = {}): Sample => ({ at: 0, kind: 'video', bitrate: 900_000, fps: 25, loss: 0, frozen: 0, ...change });
const words = (verdict: Verdict) => troubleText(t, verdict, 'Ana') ?? verdict.level;

describe('one’s own connection', () => {
    const judged = (change: Partial<OwnEvidence>) => words(judgeOwn({ reconnecting: false, sent: [sample()], lossHere: 0, roundTrip: 40, ...change }));

    test.each<[string, Partial<OwnEvidence>, string]>([
        ['nothing wrong', {}, 'good'],
        ['nothing known', { sent: [], roundTrip: 0 }, 'unknown'],
        ['signalling is away', { reconnecting: true }, 'Your connection is interrupted'],
        ['the server misses packets', { sent: [sample({ loss: 0.04 })] }, 'Your connection is losing packets'],
        ['a little loss is nothing', { sent: [sample({ loss: 0.02 })] }, 'good'],
        ['packets to here are lost', { lossHere: 0.05 }, 'Your connection is losing packets'],
        ['a long way', { roundTrip: 500 }, 'Your connection has long delays'],
        ['a long way by the reports', { sent: [sample({ kind: 'audio', roundTrip: 1_200 })] }, 'Your connection has long delays'],
        ['almost nothing gets through', { sent: [sample({ limited: 'bandwidth', bitrate: 90_000 })], available: 100_000 }, 'Your connection is slow'],
        ['the picture is reduced a lot', { sent: [sample({ limited: 'bandwidth', bitrate: 250_000 })], available: 600_000 }, 'Your connection is slow'],
        ['the picture is reduced a little', { sent: [sample({ limited: 'bandwidth', bitrate: 700_000 })], available: 900_000 }, 'good'],
        ['the computer is busy', { sent: [sample({ limited: 'cpu' })] }, 'Your device is busy, so your picture is reduced'],
        ['loss matters more than a busy computer', { sent: [sample({ limited: 'cpu', loss: 0.05 })] }, 'Your connection is losing packets'],
    ])('%s', (_, change, expected) => expect(judged(change)).toBe(expected));

    test('much loss is poor, some is fair', () => {
        expect(judgeOwn({ reconnecting: false, sent: [], lossHere: 0.2, roundTrip: 1 }).level).toBe('poor');
        expect(judgeOwn({ reconnecting: false, sent: [], lossHere: 0.05, roundTrip: 1 }).level).toBe('fair');
    });
});

describe('somebody else’s connection', () => {
    const received = (change: Partial<Sample> = {}, upstream?: Upstream) => ({ sample: sample(change), ...(upstream && { upstream }) });
    const judged = (streams: OtherEvidence['streams'], change: Partial<OtherEvidence> = {}) => words(judgeOther({ streams, own: GOOD, lossOfOthers: 0, ...change }));
    const fine: Upstream = { loss: 0, bitrate: 900_000 };

    test.each<[string, OtherEvidence['streams'], Partial<OtherEvidence>, string]>([
        ['nothing wrong', [received()], {}, 'good'],
        ['nothing is sent', [], {}, 'unknown'],
        ['the server missed the packets already', [received({ loss: 0.06 }, { loss: 0.06, bitrate: 800_000 })], {}, 'Ana’s connection is losing packets'],
        ['the server missed them, and repaired before they came here', [received({ loss: 0 }, { loss: 0.08, bitrate: 800_000 })], {}, 'Ana’s connection is losing packets'],
        ['the server had them all', [received({ loss: 0.06 }, fine)], {}, 'Your connection is losing packets'],
        ['both lose, mostly here', [received({ loss: 0.2 }, { loss: 0.03, bitrate: 800_000 })], {}, 'Your connection is losing packets'],
        ['everybody’s packets are lost', [received({ loss: 0.06 })], { lossOfOthers: 0.05 }, 'Your connection is losing packets'],
        ['only theirs are lost', [received({ loss: 0.06 })], { lossOfOthers: 0 }, 'Ana’s connection is losing packets'],
        ['nobody to compare with', [received({ loss: 0.06 })], { lossOfOthers: undefined }, 'Packets from Ana are lost on the way'],
        ['only the sound suffers', [received({ kind: 'audio', loss: 0.08 }, { loss: 0.07, bitrate: 30_000 }), received()], {}, 'Ana’s connection is losing packets'],
        ['a picture that does not come to the server', [received({ bitrate: 0, fps: 0 }, { loss: 0, bitrate: 0 })], {}, 'Nothing arrives from Ana'],
        ['a picture that the server has', [received({ bitrate: 0, fps: 0 }, fine)], {}, 'Your connection lets nothing of Ana through'],
        ['a picture that does not come, and nobody knows why', [received({ bitrate: 0, fps: 0 })], {}, 'No picture arrives from Ana'],
        ['silence is no trouble: nothing is sent of it', [received({ kind: 'audio', bitrate: 0 })], {}, 'good'],
        ['few frames and few bits', [received({ fps: 3, bitrate: 60_000 }, { loss: 0, bitrate: 60_000 })], {}, 'Ana’s connection is slow'],
        ['few frames but many bits', [received({ fps: 5 }, fine)], {}, 'good'],
        ['a picture that stands still', [received({ frozen: 0.5 }, fine)], {}, 'Ana’s picture stands still'],
        ['one’s own connection is away', [received({ bitrate: 0 })], { own: { level: 'poor', trouble: 'interrupted', side: 'own' } }, 'Your connection is interrupted'],
    ])('%s', (_, streams, change, expected) => expect(judged(streams, change)).toBe(expected));

    test('the server is asked only about streams that do badly', () => {
        expect(isSuspicious(sample())).toBe(false);
        expect([{ loss: 0.02 }, { frozen: 0.1 }, { bitrate: 0 }, { fps: 2 }].map((change) => isSuspicious(sample(change)))).toEqual([true, true, true, true]);
        expect(isSuspicious({ ...sample({ kind: 'audio' }), bitrate: 20_000 })).toBe(false);
    });
});

describe('what is shown', () => {
    const loss: Verdict = { level: 'fair', trouble: 'loss', side: 'own' };
    const gone: Verdict = { level: 'poor', trouble: 'interrupted', side: 'own' };
    const after = (...found: Verdict[]) => found.reduce(steady, FIRST).shown;

    test('needs to be found twice; one bad moment is not worth a word', () => {
        expect(after(GOOD, loss, GOOD)).toEqual(GOOD);
        expect(after(GOOD, loss, loss)).toEqual(loss);
        expect(after(GOOD, loss, GOOD, loss)).toEqual(GOOD);
    });

    test('goes away only when all has been well for a while', () => {
        expect(after(loss, loss, GOOD, GOOD)).toEqual(loss);
        expect(after(loss, loss, GOOD, GOOD, GOOD)).toEqual(GOOD);
    });

    test('an interruption is told at once', () => {
        expect(after(GOOD, gone)).toEqual(gone);
        expect(after(GOOD)).toEqual(GOOD);
        expect(after()).toEqual(UNKNOWN);
    });

    test('stays the same object while nothing changes', () => {
        const shown = after(loss, loss);
        expect(steady({ shown, candidate: shown, times: 0 }, { ...loss }).shown).toBe(shown);
    });
});

describe('in words', () => {
    afterEach(() => showLanguage('en'));

    test('every trouble names a side, in both languages', async () => {
        for (const language of ['en', 'de'] as const) {
            await showLanguage(language);
            const texts = (['interrupted', 'silent', 'loss', 'slow', 'delay', 'busy', 'frozen'] as const).flatMap((trouble) =>
                (['own', 'other', 'unknown'] as const).map((side) => troubleText(t, { level: 'fair', trouble, side }, 'Ana')));
            expect(texts.every((text) => text !== undefined && /Ana|Your|Dein/.test(text))).toBe(true);
        }
        expect(troubleText(t, GOOD, 'Ana')).toBeUndefined();
    });
});
