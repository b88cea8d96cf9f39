import { t } from '../i18n/t';

/** What a person may paste to join: a link, a bare room id, or a whole invitation with both link and code. */
export interface Invitation {
    readonly roomId?: string;
    readonly code?: string;
}

export const CODE_LENGTH = 6;

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i;
const FRAGMENT_CODE = /#code=(\d{6})\b/;
const WRITTEN_CODE = /(?<!\d)(\d{3})[ \u00a0-]?(\d{3})(?!\d)/;
const WORDS_WITH_ROOM = /\S*[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\S*/gi;

export function parseInvitation(text: string): Invitation {
    const roomId = UUID.exec(text)?.[0].toLowerCase();
    const fragment = FRAGMENT_CODE.exec(text)?.[1];
    if (fragment !== undefined) {
        return { ...(roomId !== undefined && { roomId }), code: fragment };
    }
    // Digits inside the link are part of the room's id, never a code.
    const written = WRITTEN_CODE.exec(text.replace(WORDS_WITH_ROOM, ' '));
    return {
        ...(roomId !== undefined && { roomId }),
        ...(written !== null && { code: `${written[1]}${written[2]}` }),
    };
}

/** Keeps the digits only, so that "421 690" and "421-690" can be typed or pasted. */
export function normalizeCode(text: string): string {
    return text.replace(/\D/g, '').slice(0, CODE_LENGTH);
}

export function isCode(text: string): boolean {
    return /^\d{6}$/.test(text);
}

/** Two groups of three digits are easier to read aloud. */
export function formatCode(code: string): string {
    return isCode(code) ? `${code.slice(0, 3)} ${code.slice(3)}` : code;
}

export function roomIdOf(search: string): string | undefined {
    const room = new URLSearchParams(search).get('room');
    if (room === null) {
        return undefined;
    }
    const match = UUID.exec(room.trim());
    return match !== null && match[0].length === room.trim().length ? match[0].toLowerCase() : undefined;
}

export function meetingPath(roomId: string): string {
    return `/meeting.html?room=${encodeURIComponent(roomId)}`;
}

/** Where one can try what keeps a browser from meeting, on the server of that address. */
export function checkPath(server = window.location.href): string {
    return new URL('/check.html', server).href;
}

export function invitationText(link: string, code: string): string {
    return t('common.invitation', { link, code: formatCode(code) });
}
