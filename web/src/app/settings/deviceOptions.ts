import type { DeviceInfo } from '../../sdk';

/** The devices that have names, and one line for a device in use that is not among them. */
export function deviceOptions(choices: readonly DeviceInfo[], used: string, standard: string): { value: string; name: string }[] {
    const named = choices.filter(({ id, label }) => id !== '' && label !== '').map(({ id, label }) => ({ value: id, name: label }));
    return named.some(({ value }) => value === used) ? named : [{ value: used, name: standard }, ...named];
}
