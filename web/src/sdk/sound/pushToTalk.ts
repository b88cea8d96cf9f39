/** The parts of a KeyboardEvent that matter here. */
export interface KeyPress {
    readonly code: string;
    readonly repeat: boolean;
    readonly ctrlKey: boolean;
    readonly altKey: boolean;
    readonly metaKey: boolean;
    readonly shiftKey: boolean;
    readonly target: EventTarget | null;
}

export interface TalkHooks {
    /** Talking begins (true) or ends. */
    talk(on: boolean): void;
    /** Whether one is muted now: an open microphone needs no key. */
    muted(): boolean;
}

/** Milliseconds that the key must be held: who only brushes it is not heard. */
export const HOLD = 150;

/** Holding the space bar opens a muted microphone for as long as it is held. Timers are the caller's: `later` runs after {@link HOLD}. */
export class PushToTalk {
    private state: 'idle' | 'pressed' | 'talking' = 'idle';
    private cancel: (() => void) | undefined;

    constructor(
        private readonly hooks: TalkHooks,
        private readonly later: (work: () => void) => () => void = afterHold,
    ) {}

    /** Whether the key press was taken, so that nobody else should act on it. */
    down(key: KeyPress): boolean {
        if (key.code !== 'Space' || key.ctrlKey || key.altKey || key.metaKey || key.shiftKey) return false;
        if (this.state !== 'idle') return true; // The keyboard repeats a key that is held.
        if (key.repeat || belongsToElement(key.target) || !this.hooks.muted()) return false;
        this.state = 'pressed';
        this.cancel = this.later(() => {
            this.state = 'talking';
            this.hooks.talk(true);
        });
        return true;
    }

    up(key: Pick<KeyPress, 'code'>): boolean {
        if (key.code !== 'Space' || this.state === 'idle') return false;
        this.release();
        return true;
    }

    /** The window lost the keyboard, or push to talk was turned off: a key that was held counts as let go. */
    release(): void {
        const { state } = this;
        this.state = 'idle';
        this.cancel?.();
        if (state === 'talking') this.hooks.talk(false);
    }
}

function afterHold(work: () => void): () => void {
    const timer = setTimeout(work, HOLD);
    return () => clearTimeout(timer);
}

const TYPING = 'input:not([type=checkbox], [type=radio], [type=range], [type=button]), textarea, select, [contenteditable]:not([contenteditable=false])';
const PRESSED_BY_SPACE = 'button, summary, a[href], input, audio, video, [role=button], [role=switch], [role=menuitem], [role=slider]';

/**
 * Space is a character where one types, and presses a button that was reached by keyboard. A button that was clicked only
 * keeps the focus by accident: there, space is to talk.
 */
function belongsToElement(target: EventTarget | null): boolean {
    const element = target as Partial<Element> | null;
    if (typeof element?.closest !== 'function') return false;
    if (element.closest(TYPING) !== null) return true;
    const control = element.closest(PRESSED_BY_SPACE);
    return control !== null && control.matches(':focus-visible');
}
