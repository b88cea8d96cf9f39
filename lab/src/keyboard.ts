import type { KeyInput } from 'puppeteer-core';
import type { Person } from './person.ts';

/** More than any page has places where the focus stops. */
const MOST_STOPS = 80;

/** Somebody without a mouse. */
export class Keyboard {
    constructor(private readonly person: Person) {}

    /** Walks with the tabulator key until the focus is on, or in, what has the id. */
    async to(testId: string): Promise<void> {
        const seen: string[] = [];
        for (let stops = 0; stops < MOST_STOPS; stops++) {
            const focused = await this.focused();
            if (focused === testId) return;
            seen.push(focused);
            await this.key('Tab');
        }
        throw new Error(`${this.person.name} cannot reach ${testId} by the keyboard, only ${[...new Set(seen)].join(', ')}`);
    }

    /** Walks down an open menu to the entry with the id. */
    async downTo(testId: string): Promise<void> {
        for (let stops = 0; stops < MOST_STOPS; stops++) {
            if ((await this.focused()) === testId) return;
            await this.key('ArrowDown');
        }
        throw new Error(`${this.person.name} finds no ${testId} in the menu`);
    }

    /** Walks there and presses it. */
    async press(testId: string): Promise<void> {
        await this.to(testId);
        await this.key('Enter');
    }

    key(key: KeyInput): Promise<void> {
        return this.person.page.keyboard.press(key);
    }

    type(text: string): Promise<void> {
        return this.person.page.keyboard.type(text);
    }

    /** The id of what has the focus, or what it is. */
    focused(): Promise<string> {
        return this.person.page.evaluate(() => {
            const element = document.activeElement;
            return (element as HTMLElement | null)?.dataset['testid'] ?? element?.tagName ?? '';
        });
    }

    /** Whether one can see where the focus is. */
    focusIsVisible(): Promise<boolean> {
        return this.person.page.evaluate(() => {
            const element = document.activeElement;
            const parts = element ? [element, ...element.querySelectorAll('*')] : [];
            return parts.some((part) => {
                const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(part);
                return (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || (part === element && boxShadow !== 'none');
            });
        });
    }
}
