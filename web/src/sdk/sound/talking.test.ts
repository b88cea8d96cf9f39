import { describe, expect, test } from 'vitest';
import { MutedSpeech } from './mutedSpeech';
import { type KeyPress, PushToTalk } from './pushToTalk';

describe('push to talk', () => {
    function desk(options: { muted?: boolean } = {}) {
        const { muted = true } = options;
        const said: string[] = [];
        let held: (() => void) | undefined;
        const keys = new PushToTalk(
            { talk: (on) => said.push(on ? 'on' : 'off'), muted: () => muted },
            (work) => {
                held = work;
                return () => (held = undefined);
            },
        );
        return { keys, said, hold: () => held?.() };
    }
    const space: KeyPress = { code: 'Space', repeat: false, ctrlKey: false, altKey: false, metaKey: false, shiftKey: false, target: null };
    /** An element as far as it matters: which of the selectors it and its parents match. */
    const element = (tag: string, focusVisible = false): EventTarget => ({
        closest: (selector: string) => (new RegExp(`(^|[ ,])${tag}([ ,:[]|$)`).test(selector) ? { matches: () => focusVisible } : null),
    }) as unknown as EventTarget;

    test('opens the microphone while the space bar is held', () => {
        const { keys, said, hold } = desk();
        expect(keys.down(space)).toBe(true);
        expect(said).toEqual([]);
        hold();
        expect(keys.down({ ...space, repeat: true })).toBe(true);
        expect(said).toEqual(['on']);
        expect(keys.up(space)).toBe(true);
        expect(said).toEqual(['on', 'off']);
    });

    test('does nothing when the key is only brushed', () => {
        const { keys, said, hold } = desk();
        keys.down(space);
        keys.up(space);
        hold();
        expect(said).toEqual([]);
    });

    test.each<[string, Partial<KeyPress>]>([
        ['another key', { code: 'KeyM' }],
        ['a combination', { ctrlKey: true }],
        ['a key that was held already, as from another window', { repeat: true }],
        ['typing in a line', { target: element('input') }],
        ['typing in a text', { target: element('textarea') }],
        ['choosing from a list', { target: element('select') }],
        ['a button reached with the keyboard', { target: element('button', true) }],
    ])('does not act on %s', (_, change) => {
        const { keys, said, hold } = desk();
        expect(keys.down({ ...space, ...change })).toBe(false);
        hold();
        expect(keys.up(space)).toBe(false);
        expect(said).toEqual([]);
    });

    test('takes the space bar from a button that was only clicked', () => {
        const { keys, said, hold } = desk();
        expect(keys.down({ ...space, target: element('button') })).toBe(true);
        hold();
        expect(said).toEqual(['on']);
    });

    test('leaves an open microphone alone', () => {
        const { keys, said, hold } = desk({ muted: false });
        expect(keys.down(space)).toBe(false);
        hold();
        keys.up(space);
        expect(said).toEqual([]);
    });

    test('ends when the window loses the keyboard', () => {
        const { keys, said, hold } = desk();
        keys.down(space);
        hold();
        keys.release();
        expect(said).toEqual(['on', 'off']);
        expect(keys.up(space)).toBe(false);
    });
});

describe('speaking while muted', () => {
    /** Milliseconds at which it is told. */
    const told = (milliseconds: number, level: (at: number) => number): number[] => {
        const speech = new MutedSpeech();
        return Array.from({ length: milliseconds / 100 }, (_, i) => i * 100).filter((at) => speech.hear(at, level(at)));
    };

    test('is told after more than a word, and not again for a while', () => {
        expect(told(50_000, () => 0.6)).toEqual([600, 20_600, 40_600]);
    });

    test.each([
        ['silence', () => 0],
        ['a voice in the next room', () => 0.3],
        ['keys and coughs', (at: number) => (at % 2000 < 300 ? 0.8 : 0)],
    ])('is not told of %s', (_, level) => {
        expect(told(20_000, level)).toEqual([]);
    });

    test('is told of speech with its pauses', () => {
        expect(told(4_000, (at) => (at % 400 < 300 ? 0.6 : 0.1)).length).toBe(1);
    });
});
