import { currentLocale } from '../i18n/language';

/** Clock time of a chat message in the language of the page and zone; `time` is milliseconds since the epoch. */
export function clockTime(time: number, locale = currentLocale()): string {
    return new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' }).format(new Date(time));
}

/** How long a meeting has lasted: 0:07, 12:30, 1:02:03. */
export function duration(milliseconds: number): string {
    const total = Math.max(0, Math.floor(milliseconds / 1000));
    const seconds = String(total % 60).padStart(2, '0');
    const minutes = Math.floor(total / 60) % 60;
    const hours = Math.floor(total / 3600);
    return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${seconds}` : `${minutes}:${seconds}`;
}

export function badge(count: number): string {
    return count > 99 ? '99+' : String(count);
}

/** 812 B, 64 kB, 3.4 MB: in the language of the page. */
export function fileSize(bytes: number): string {
    const [unit, size] = inUnit(bytes);
    const digits = { maximumFractionDigits: size < 10 && unit !== 'byte' ? 1 : 0 };
    return new Intl.NumberFormat(currentLocale(), { style: 'unit', unit, unitDisplay: 'short', ...digits }).format(size);
}

function inUnit(bytes: number): ['byte' | 'kilobyte' | 'megabyte', number] {
    if (bytes < 1_000) {
        return ['byte', bytes];
    }
    return bytes < 1_000_000 ? ['kilobyte', bytes / 1_000] : ['megabyte', bytes / 1_000_000];
}
