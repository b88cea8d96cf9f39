import { describe, expect, test } from 'vitest';
import { groupMessages } from './chatGroups';
import { errorText } from './errorText';
import { badge, clockTime, duration } from './format';
import { hueOf, initials } from './people';

describe('initials', () => {
    test.each([
        ['Johannes', 'J'],
        ['Amara Okafor', 'AO'],
        ['  mei  ling   chen ', 'MC'],
        ['Łukasz Nowak', 'ŁN'],
        ['👩‍💻 Dev', '👩‍💻D'],
        ['', '?'],
        ['   ', '?'],
    ])('of %j are %s', (name, expected) => {
        expect(initials(name)).toBe(expected);
    });
});

describe('hues', () => {
    test('stay the same for a name', () => {
        expect(hueOf('Amara')).toBe(hueOf('Amara'));
    });

    test('differ between people: twenty names use most of them', () => {
        const names = Array.from({ length: 20 }, (_, index) => `Person ${String.fromCharCode(65 + index)}`);
        expect(new Set(names.map(hueOf)).size).toBeGreaterThanOrEqual(6);
    });
});

describe('times and counts', () => {
    test('a clock time follows the locale', () => {
        const noon = new Date(2026, 10, 22, 15, 7).getTime();
        expect(clockTime(noon, 'de-DE')).toBe('15:07');
        expect(clockTime(noon, 'en-US')).toMatch(/^3:07\sPM$/);
    });

    test.each([[0, '0:00'], [7_900, '0:07'], [750_000, '12:30'], [3_723_000, '1:02:03'], [-5, '0:00']])('%i ms last %s', (ms, text) => {
        expect(duration(ms)).toBe(text);
    });

    test('small and large counts', () => {
        expect([badge(3), badge(99), badge(100)]).toEqual(['3', '99', '99+']);
    });
});

describe('chat groups', () => {
    const message = (id: string, participantId: string, time: number, name = participantId) => ({ id, participantId, name, text: id, time });

    test('put one person’s messages of a short while together', () => {
        const groups = groupMessages([message('a', 'p', 0), message('b', 'p', 60_000), message('c', 'q', 61_000)], 'q');
        expect(groups.map((group) => group.messages.map(({ id }) => id))).toEqual([['a', 'b'], ['c']]);
        expect(groups.map((group) => group.own)).toEqual([false, true]);
    });

    test('begin anew after a pause, another person or another name', () => {
        const groups = groupMessages([message('a', 'p', 0), message('b', 'p', 200_000), message('c', 'q', 200_001),
            message('d', 'p', 200_002), message('e', 'p', 200_003, 'renamed')], 'x');
        expect(groups).toHaveLength(5);
    });

    test('of nothing are none', () => {
        expect(groupMessages([], 'x')).toEqual([]);
    });
});

describe('errors in words', () => {
    test('a refusal says the same whatever the server’s own words', () => {
        const texts = ['no such room', 'wrong code', 'full'].map((message) => errorText({ code: 'room/refused', message }));
        expect(new Set(texts).size).toBe(1);
        expect(texts[0]).toMatch(/link and the six-digit code/);
    });

    test('the SDK’s own sentences are shown as they are', () => {
        expect(errorText({ name: 'DeviceError', message: 'Another program is using the camera.' })).toMatch(/Another program/);
        expect(errorText({ name: 'ParleyError', code: 'media/failed', message: 'The device stopped.' })).toBe('The device stopped.');
    });

    test.each([[new TypeError('x is undefined')], ['text'], [undefined], [null]])('anything else is not shown raw: %s', (error) => {
        expect(errorText(error)).toBe('Something went wrong. Reload the page and try again.');
    });
});
