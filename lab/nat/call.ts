import { FIREFOX_TONE } from '../src/firefox.ts';
import type { LikenessName } from '../src/people.ts';
import type { Person } from '../src/person.ts';
import { hearsRightTone, hearsTone, isClose, seesMovement, seesRightPicture } from '../src/proof.ts';
import { until } from '../src/wait.ts';
import { type Lab, URL_V4 } from './lab.ts';
import type { PersonNode } from './world.ts';

export interface Call {
    readonly first: Person;
    /** Who joined when the first was already there. */
    readonly second: Person;
    /** Milliseconds from the second one's press on Join to the first frame of the first. */
    readonly firstFrame: number;
}

/** Two people meet; resolves when each sees and hears the other. Leaves pictures of what they see where that fails. */
export async function meet(lab: Lab, who: readonly [PersonNode, PersonNode], url = URL_V4): Promise<Call> {
    try {
        return await tryToMeet(lab, who, url);
    } catch (error) {
        await lab.takePictures();
        throw error;
    }
}

async function tryToMeet(lab: Lab, who: readonly [PersonNode, PersonNode], url: string): Promise<Call> {
    const coming = who[0] === who[1] ? lab.person(who[1], 'Gus') : lab.person(who[1]);
    const first = await lab.person(who[0]);
    const made = await first.createRoom(url);
    const { pathname, search } = new URL(made.link);
    // Links begin with the server's public URL, which not everybody can reach.
    const room = { ...made, link: `${url}${pathname}${search}` };
    const second = await coming;
    await Promise.all([first.join(room), second.openLobby(room.link).then(() => second.devicesReady())]);
    await second.submit(room.code);
    const firstFrame = Math.round(await second.timeToFirstFrame(40_000));
    await exchange(first, second);
    return { first, second, firstFrame };
}

/** Sound and picture pass both ways. */
export async function exchange(first: Person, second: Person): Promise<void> {
    await Promise.all([perceives(first, second), perceives(second, first)]);
}

/** Somebody sees the right picture of somebody, and hears the right tone. */
export async function perceives(person: Person, other: Person): Promise<void> {
    if (other.isFirefox) {
        await Promise.all([seesFirefox(person, other), hearsTone(person, other.name, FIREFOX_TONE)]);
    } else {
        await Promise.all([seesRightPicture(person, other.name as LikenessName), hearsRightTone(person, other.name as LikenessName)]);
    }
}

/** Firefox's fake camera has no picture that could be chosen: what is seen of it must be what its owner sees of it. */
async function seesFirefox(person: Person, other: Person): Promise<void> {
    await until(
        async () => {
            const [own, seen] = await Promise.all([other.picture(other.name), person.picture(other.name)]);
            return own && seen && isClose(seen.left, own.left) && isClose(seen.right, own.right);
        },
        { what: `${person.name} sees what ${other.name}'s camera takes` },
    );
    await seesMovement(person, other.name);
}
