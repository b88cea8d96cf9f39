import { describe, expect, test } from 'vitest';
import { formatCode, invitationText, isCode, meetingPath, normalizeCode, parseInvitation, roomIdOf } from './invitation';

const ROOM = '08d8c6ad-ae80-4f33-9dc7-82d0b30f3e7a';
const LINK = `https://localhost:3000/meeting.html?room=${ROOM}`;

describe('what people paste to join', () => {
    test.each([
        ['a link', LINK, { roomId: ROOM }],
        ['a room id', ` ${ROOM} `, { roomId: ROOM }],
        ['a room id in capitals', ROOM.toUpperCase(), { roomId: ROOM }],
        ['a link with the code behind its hash', `${LINK}#code=421690`, { roomId: ROOM, code: '421690' }],
        ['a whole invitation', invitationText(LINK, '421690'), { roomId: ROOM, code: '421690' }],
        ['a sentence around both', `Come to ${LINK}, code 421-690!`, { roomId: ROOM, code: '421690' }],
        ['a code alone', '421 690', { code: '421690' }],
        ['something else', 'hello', {}],
        ['too many digits', '1234567', {}],
        ['half a room id', ROOM.slice(0, 30), {}],
    ])('%s', (_, text, expected) => {
        expect(parseInvitation(text)).toEqual(expected);
    });

    test('digits of the room id are never taken for a code', () => {
        expect(parseInvitation('https://h/meeting.html?room=12345678-1234-4123-8123-123456123456')).toEqual({
            roomId: '12345678-1234-4123-8123-123456123456',
        });
    });
});

describe('codes', () => {
    test('keep six digits of what is typed', () => {
        expect(normalizeCode('421 690')).toBe('421690');
        expect(normalizeCode('a4b2-1 6907')).toBe('421690');
    });

    test('are six ASCII digits', () => {
        expect(isCode('421690')).toBe(true);
        expect(['42169', '4216900', '42169a', '٤٢١٦٩٠', ''].some(isCode)).toBe(false);
    });

    test('are shown in two groups', () => {
        expect(formatCode('421690')).toBe('421 690');
        expect(formatCode('12')).toBe('12');
    });
});

describe('the address of a meeting', () => {
    test('carries the room and is read back', () => {
        expect(meetingPath(ROOM)).toBe(`/meeting.html?room=${ROOM}`);
        expect(roomIdOf(new URL(meetingPath(ROOM), 'https://h').search)).toBe(ROOM);
    });

    test.each(['', '?room=', '?room=abc', `?room=${ROOM}x`, `?other=${ROOM}`])('without a room: %s', (search) => {
        expect(roomIdOf(search)).toBeUndefined();
    });
});
