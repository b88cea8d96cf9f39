const HUES = [162, 198, 232, 268, 304, 338, 24, 52, 82, 118] as const;

/** At most two letters that stand for a name: first and last word, by user-perceived characters. */
export function initials(name: string): string {
    const words = name.trim().split(/\s+/u).filter((word) => word !== '');
    const first = words[0];
    const last = words.at(-1);
    if (first === undefined || last === undefined) {
        return '?';
    }
    const letters = words.length === 1 ? firstCharacter(first) : firstCharacter(first) + firstCharacter(last);
    return letters.toLocaleUpperCase();
}

function firstCharacter(word: string): string {
    const [first] = new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(word);
    return first?.segment ?? '';
}

/** A calm hue (degrees) that stays the same for the same person in every browser. */
export function hueOf(key: string): number {
    let hash = 2166136261;
    for (let i = 0; i < key.length; i++) {
        hash = Math.imul(hash ^ key.charCodeAt(i), 16777619);
    }
    // The low bits alone are alike for short names: mixed once more before one hue is taken.
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    return HUES[((hash ^ (hash >>> 16)) >>> 0) % HUES.length] ?? HUES[0];
}
