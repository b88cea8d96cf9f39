import { describe, expect, test } from 'vitest';
import { type ListeningSample, ListeningWatch } from './listening';
import { type SpeakingSample, SpeakingWatch } from './speaking';

/** What a watch says over the seconds, as `second:repair` and `second!trouble` at each change. */
function story<S>(watch: { step(sample: S): { repair?: unknown; trouble?: unknown } }, seconds: number, sample: (second: number) => S): string {
    const said: string[] = [];
    let before: unknown;
    for (let second = 0; second <= seconds; second++) {
        const { repair, trouble } = watch.step(sample(second));
        if (repair !== undefined) said.push(`${second}:${String(repair)}`);
        if (trouble !== before) said.push(`${second}!${String(trouble ?? 'well')}`);
        before = trouble;
    }
    return said.join(' ');
}

describe('somebody whom one hears', () => {
    /** A voice that arrives and sounds. */
    const well = (second: number): ListeningSample => ({
        at: second * 1000, expected: true, loud: true, packets: second * 50, energy: second * 0.01, playing: true, blocked: false, context: 'unused',
    });
    const hear = (seconds: number, change: (second: number) => Partial<ListeningSample>) =>
        story(new ListeningWatch(), seconds, (second) => ({ ...well(second), ...change(second) }));

    test.each<[string, number, (second: number) => Partial<ListeningSample>, string]>([
        ['speaks and is heard', 60, () => ({}), ''],
        ['is muted', 60, () => ({ expected: false, loud: false, packets: 0, energy: 0 }), ''],
        ['says nothing', 60, (second) => ({ loud: false, packets: second * 3, energy: 0 }), ''],
        ['has packets but no sound', 20, () => ({ energy: 0 }), '4:reattach 8:receive-again 12!undecoded'],
        ['sounds again after the first repair', 20, (second) => ({ energy: second < 7 ? 0 : second * 0.01 }), '4:reattach'],
        ['is told to be well again', 20, (second) => ({ energy: second < 16 ? 0 : second * 0.01 }), '4:reattach 8:receive-again 12!undecoded 16!well'],
        ['is loud at the server while nothing arrives', 24, () => ({ packets: 7, energy: 0 }), '5:receive-again 10:receive-again 15!nothing-arrives'],
        ['is blocked by the browser', 9, (second) => ({ blocked: second < 5, playing: second >= 5 }), '0!blocked 5!well'],
        ['was paused by the browser', 9, (second) => ({ playing: second !== 3 }), '3:play'],
        ['stays paused', 9, () => ({ playing: false }), '0:play 2:play 4:reattach 6!output-stopped'],
        ['is interrupted by a phone call', 14, (second) => ({ context: second < 10 ? 'interrupted' : 'running' }),
            '0:resume-context 3:resume-context 6!interrupted 10!well'],
        ['is muted while there is trouble', 30, (second) => ({ energy: 0, expected: second < 14 }), '4:reattach 8:receive-again 12!undecoded 14!well'],
        ['is received again, with counters from the start', 20, (second) => ({ packets: second < 10 ? 500 + second * 50 : second, energy: second * 0.01 }), ''],
        ['has no figures yet', 20, () => ({ packets: undefined, energy: undefined }), ''],
    ])('who %s', (_, seconds, change, expected) => {
        expect(hear(seconds, change)).toBe(expected);
    });

    test('silence between sentences neither heals nor harms', () => {
        // Two seconds of voice without sound, eight of silence, over and over: it takes longer, but it is found.
        const talking = (second: number) => second % 10 < 4;
        expect(hear(60, (second) => ({ loud: talking(second), energy: 0 }))).toMatch(/reattach.*receive-again.*undecoded/);
    });

    test('what does not help is tried again later', () => {
        expect(hear(60, () => ({ energy: 0 }))).toBe('4:reattach 8:receive-again 12!undecoded 38:receive-again');
    });

    test('a laptop that slept does not make up the time for trouble', () => {
        const watch = new ListeningWatch();
        for (const second of [0, 1, 2, 3]) watch.step({ ...well(second), energy: 0 });
        expect(watch.step({ ...well(4000), packets: 10_000, energy: 0 })).toEqual({ repair: 'reattach' });
        expect(watch.step({ ...well(4001), packets: 10_050, energy: 1 })).toEqual({});
    });
});

describe('one’s own microphone', () => {
    const well = (second: number): SpeakingSample => ({
        at: second * 1000, wanted: true, track: 'live', mutedBySystem: false, peak: 0.2, packets: second * 50,
    });
    const speak = (seconds: number, change: (second: number) => Partial<SpeakingSample>) =>
        story(new SpeakingWatch(), seconds, (second) => ({ ...well(second), ...change(second) }));

    test.each<[string, number, (second: number) => Partial<SpeakingSample>, string]>([
        ['works', 60, () => ({}), ''],
        ['is muted', 60, () => ({ wanted: false, peak: 0, packets: 0 }), ''],
        ['hears only the noise of the room', 60, () => ({ peak: 0.0004, packets: 1 }), ''],
        ['delivers nothing at all', 20, () => ({ peak: 0 }), '5:reopen 10!silent'],
        ['delivers something once it was opened anew', 20, (second) => ({ peak: second < 6 ? 0 : 0.001 }), '5:reopen'],
        ['falls silent for a long time', 40, (second) => ({ peak: second < 3 ? 0.1 : 0 }), '33!silent'],
        ['cuts out the noise between sentences', 60, (second) => ({ peak: second % 20 < 3 ? 0.1 : 0 }), ''],
        ['was muted by the system for a moment', 20, (second) => ({ mutedBySystem: second === 5 }), ''],
        ['was muted by the system', 20, (second) => ({ mutedBySystem: second > 4 && second < 15, peak: second > 4 && second < 15 ? 0 : 0.1 }),
            '7!muted-by-system 15!well'],
        ['was unplugged, and another takes over', 20, (second) => ({ track: second === 4 ? 'ended' : 'live' }), ''],
        ['was unplugged, and there is no other', 20, (second) => ({ track: second < 4 ? 'live' : 'none' }), '6:reopen 9!gone'],
        ['is heard, but nothing leaves the browser', 20, () => ({ packets: 400 }), '5!unsent'],
        ['cannot be measured', 60, () => ({ peak: undefined }), ''],
        ['is not sent yet', 60, () => ({ packets: undefined }), ''],
    ])('which %s', (_, seconds, change, expected) => {
        expect(speak(seconds, change)).toBe(expected);
    });
});
