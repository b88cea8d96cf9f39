import { describe, expect, test } from 'vitest';
import { linkify, safeHref } from './linkify';

const links = (text: string) => linkify(text).flatMap((part) => (typeof part === 'string' ? [] : [part.text]));

describe('addresses in a text', () => {
    test.each([
        ['See https://example.org/a?b=c#d now', ['https://example.org/a?b=c#d']],
        ['(https://example.org/a)', ['https://example.org/a']],
        ['https://en.wikipedia.org/wiki/Parley_(talk).', ['https://en.wikipedia.org/wiki/Parley_(talk)']],
        ['Look at www.example.org, please!', ['www.example.org']],
        ['HTTP://EXAMPLE.ORG', ['HTTP://EXAMPLE.ORG']],
        ['https://a.example\nhttps://b.example', ['https://a.example', 'https://b.example']],
        ['https://grüße.example/straße', ['https://grüße.example/straße']],
        ['no address: example.org, mailto:a@b.c, ftp://x.y', []],
        ['javascript:alert(1) data:text/html,x vbscript:x file:///etc', []],
        ['https://', []],
        ['https://user:pass@evil.example', []],
        ['https://x.example/"onclick="alert(1)', ['https://x.example/']],
        ['https://x.example/<script>', ['https://x.example/']],
        ['https://good.example/\u202egro.live', ['https://good.example/']],
    ])('%s', (text, expected) => {
        expect(links(text)).toEqual(expected);
    });

    test('nothing is lost or added: the parts are the text', () => {
        const text = ' a https://example.org/x, b (www.example.org) \n c';
        expect(linkify(text).map((part) => (typeof part === 'string' ? part : part.text)).join('')).toBe(text);
    });

    test('only addresses of the web become links', () => {
        expect(safeHref('javascript:alert(1)')).toBeUndefined();
        expect(safeHref(' JaVaScRiPt:alert(1)')).toBeUndefined();
        expect(safeHref('/files/x', 'https://h')).toBe('https://h/files/x');
        expect(safeHref('www.example.org')).toBe('https://www.example.org/');
    });
});
