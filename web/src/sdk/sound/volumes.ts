import type { Source } from '../messages';

/** How loud one wants to hear somebody. */
export interface Loudness {
    /** 0 to 2; 1 is as it was sent. */
    readonly volume: number;
    /** Silent for oneself alone; the volume is kept. */
    readonly muted: boolean;
}

export const AS_SENT: Loudness = { volume: 1, muted: false };
export const LOUDEST = 2;

/** The parts of localStorage that are needed. */
export interface Store {
    getItem(key: string): string | null;
    setItem(key: string, value: string): void;
}

const KEY = 'parley.volumes';
/** The least recently changed are forgotten. */
const MOST = 300;

type Entry = readonly [key: string, volume: number, muted: 0 | 1];

/**
 * Remembers how loud one wants to hear whom. A person is known by room and name: the server gives a new id with each join, and
 * there are no accounts. Two people of one name in one room therefore share what is remembered. Microphones and the sound of
 * shared screens are remembered apart.
 */
export class VolumeMemory {
    constructor(
        private readonly roomId: string,
        private readonly store: Store | undefined = browserStore(),
    ) {}

    of(name: string, source: Source): Loudness {
        const key = this.key(name, source);
        const entry = this.read().find(([known]) => known === key);
        return entry === undefined ? AS_SENT : { volume: entry[1], muted: entry[2] === 1 };
    }

    remember(name: string, source: Source, { volume, muted }: Loudness): void {
        const key = this.key(name, source);
        const others = this.read().filter(([known]) => known !== key);
        const usual = volume === AS_SENT.volume && !muted;
        const entries: Entry[] = usual ? others : [...others, [key, volume, muted ? 1 : 0]];
        try {
            this.store?.setItem(KEY, JSON.stringify(entries.slice(-MOST)));
        } catch {
            // Full or forbidden: it holds until the page is closed.
        }
    }

    private key(name: string, source: Source): string {
        return [this.roomId, source, name.trim()].join(' ');
    }

    /** What others wrote there is not trusted. */
    private read(): Entry[] {
        try {
            const found: unknown = JSON.parse(this.store?.getItem(KEY) ?? '[]');
            return Array.isArray(found) ? found.filter(isEntry) : [];
        } catch {
            return [];
        }
    }
}

function isEntry(value: unknown): value is Entry {
    if (!Array.isArray(value)) return false;
    const [key, volume, muted] = value as unknown[];
    return typeof key === 'string' && typeof volume === 'number' && volume >= 0 && volume <= LOUDEST && (muted === 0 || muted === 1);
}

function browserStore(): Store | undefined {
    try {
        return globalThis.localStorage;
    } catch {
        return undefined;
    }
}
