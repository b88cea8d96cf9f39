import { afterEach, describe, expect, test, vi } from 'vitest';
import { de } from './de';
import { en } from './en';
import { currentLanguage, currentLocale, LANGUAGES, showLanguage, t, wantedLanguage } from './index';

afterEach(async () => {
    vi.unstubAllGlobals();
    await showLanguage('en');
});

const textsOf = (message: unknown) => (typeof message === 'string' ? [message] : Object.values(message as Record<string, string>));
const slotsOf = (message: unknown) => [...new Set(textsOf(message).flatMap((text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)))].sort();

describe('a text', () => {
    test('takes its parameters in any language', async () => {
        expect(t('room.joined', { name: 'Ann' })).toBe('Ann joined');
        await showLanguage('de');
        expect(t('room.joined', { name: 'Ann' })).toBe('Ann ist jetzt dabei');
    });

    test('has the right plural, and numbers as the language writes them', async () => {
        expect([1, 2, 1200].map((count) => t('room.count', { count }))).toEqual(['1 person', '2 people', '1,200 people']);
        await showLanguage('de');
        expect([1, 2, 1200].map((count) => t('room.count', { count }))).toEqual(['1 Person', '2 Personen', '1.200 Personen']);
    });

    test('never takes markup or braces of a parameter for its own', () => {
        expect(t('room.joined', { name: '{name} <b>' })).toBe('{name} <b> joined');
    });
});

describe('German', () => {
    test.each(Object.keys(en))('%s has the same parameters as English and is not empty', (key) => {
        const own = de[key as keyof typeof de];
        expect(slotsOf(own)).toEqual(slotsOf(en[key as keyof typeof en]));
        expect(textsOf(own).every((text) => text.trim() !== '')).toBe(true);
    });

    test('is translated: only words that are the same in both are left as they are', () => {
        const same = Object.keys(en).filter((key) => JSON.stringify(en[key as keyof typeof en]) === JSON.stringify(de[key as keyof typeof de]));
        expect(same.length).toBeLessThan(Object.keys(en).length * 0.08);
    });
});

describe('the language', () => {
    test.each([
        ['de', ['en-US'], 'de'],
        [undefined, ['de-AT', 'en'], 'de'],
        [undefined, ['fr-FR', 'de-DE', 'en'], 'de'],
        [undefined, ['fr'], 'en'],
        ['xx', [], 'en'],
        ['constructor', ['toString'], 'en'],
    ])('chosen %s with the browser’s %j is %s', (chosen, wished, expected) => {
        expect(wantedLanguage(chosen, wished)).toBe(expected);
    });

    test('keeps the region of the browser for dates', async () => {
        vi.stubGlobal('navigator', { languages: ['en-GB', 'de-CH'] });
        await showLanguage('de');
        expect(currentLocale()).toBe('de-CH');
        vi.stubGlobal('navigator', { languages: ['fr'] });
        await showLanguage('de');
        expect(currentLocale()).toBe('de');
    });

    test('each is there under its own name', async () => {
        for (const language of Object.keys(LANGUAGES) as (keyof typeof LANGUAGES)[]) {
            await showLanguage(language);
            expect(currentLanguage()).toBe(language);
        }
    });
});
