import assert from 'node:assert/strict';
import type { Rgb } from './media.ts';
import { LIKENESSES, type LikenessName } from './people.ts';
import type { Person } from './person.ts';
import { until } from './wait.ts';

const TONES = Object.values(LIKENESSES).map(({ tone }) => tone);

/** Video is coded, scaled and converted on its way: a colour may be that far off in each channel. */
export const COLOUR_TOLERANCE = 45;

export function isClose(found: Rgb, wanted: Rgb): boolean {
    return found.every((value, channel) => Math.abs(value - wanted[channel]!) <= COLOUR_TOLERANCE);
}

/** The picture is that of the person, not mirrored, and it moves. */
export async function seesRightPicture(viewer: Person, name: LikenessName, within = 15_000): Promise<void> {
    const { left, right } = LIKENESSES[name];
    let last: unknown;
    try {
        await until(
            async () => {
                const picture = await viewer.picture(name);
                last = picture;
                return picture && isClose(picture.left, left) && isClose(picture.right, right);
            },
            { within },
        );
    } catch {
        assert.fail(`${viewer.name} should see ${name}'s ${JSON.stringify({ left, right })}, but saw ${JSON.stringify(last)}`);
    }
    await seesMovement(viewer, name);
}

/** New frames of the person are shown. */
export async function seesMovement(viewer: Person, name: string, source: 'camera' | 'screen' = 'camera', within = 15_000): Promise<void> {
    const before = await viewer.frames(name, source);
    await until(async () => (await viewer.frames(name, source)) > before + 5, { within, what: `${name}'s picture moves for ${viewer.name}` });
}

/** The loudest frequency is the person's own, and no other person's tone is mixed into it. */
export async function hearsRightTone(listener: Person, name: LikenessName, within = 15_000): Promise<void> {
    await hearsTone(listener, name, LIKENESSES[name].tone, within);
}

/** Where there is no sound card, Firefox's AudioContext never starts: that there is sound is all that can be told. */
async function hearsSomething(listener: Person, within: number): Promise<void> {
    const before = await listener.soundEnergy();
    await until(async () => (await listener.soundEnergy()) > before, { within, what: `${listener.name} hears something` });
}

/** As {@link hearsRightTone}, for somebody who has a tone of those of all likenesses, but another name. */
export async function hearsTone(listener: Person, name: string, tone: number, within = 15_000): Promise<void> {
    if (listener.isFirefox) return hearsSomething(listener, within);
    let last: unknown;
    try {
        await until(
            async () => {
                const heard = await listener.hear(name, TONES);
                last = heard;
                if (!heard || heard.level < -50 || Math.abs(heard.peak - tone) > 15) return false;
                const foreign = heard.at.filter((_, i) => TONES[i] !== tone);
                return foreign.every((level) => level < heard.level - 20);
            },
            { within },
        );
    } catch {
        assert.fail(`${listener.name} should hear ${name}'s ${tone} Hz alone, but heard ${JSON.stringify(last)}`);
    }
}
