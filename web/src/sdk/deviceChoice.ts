import type { DeviceInfo } from './devices';
import { standardDevice } from './engine';

export interface Situation {
    /** The devices of that kind that there are now. */
    readonly devices: readonly DeviceInfo[];
    /** The one that is open, or was until now. */
    readonly used: DeviceInfo | undefined;
    /** The one that the person chose at some time. */
    readonly preferred: string | undefined;
    /** The open one has stopped by itself. */
    readonly ended: boolean;
}

export type DeviceChoice =
    /** Nothing has to be done. */
    | { readonly kind: 'keep' }
    /** `why`: the used one is gone, the chosen one is back, or there was none before. */
    | { readonly kind: 'switch'; readonly device: DeviceInfo; readonly why: 'gone' | 'returned' | 'first' }
    /** The used one is gone and there is no other. */
    | { readonly kind: 'none' };

const KEEP: DeviceChoice = { kind: 'keep' };

/**
 * What to use after devices were plugged in or out: the one that the person chose whenever it is there, else the one in use for
 * as long as it is there, else the system's own choice. Nobody is moved to a device merely because it is new.
 */
export function chooseDevice({ devices, used, preferred, ended }: Situation): DeviceChoice {
    // Without permission the browser says that there are devices, but not which: an empty id tells nothing.
    const known = devices.filter(({ id }) => id !== '');
    const chosen = known.find(({ id }) => id === preferred);
    if (used === undefined) {
        const first = chosen ?? standardDevice(known);
        return first === undefined ? KEEP : { kind: 'switch', device: first, why: 'first' };
    }
    const there = used.id === '' || known.length === 0 ? !ended : !ended && known.some(({ id }) => id === used.id);
    if (there) {
        return chosen !== undefined && chosen.id !== used.id ? { kind: 'switch', device: chosen, why: 'returned' } : KEEP;
    }
    const others = known.filter(({ id }) => id !== used.id);
    const next = others.find(({ id }) => id === preferred) ?? standardDevice(others);
    return next === undefined ? { kind: 'none' } : { kind: 'switch', device: next, why: 'gone' };
}
