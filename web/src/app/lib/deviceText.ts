import type { DeviceErrorKind } from '../../sdk/devices';
import { t } from '../i18n/t';

export interface DeviceProblem {
    readonly kind: DeviceErrorKind;
    /** Camera, microphone, or both where the same is wrong with both. */
    readonly devices: readonly ('camera' | 'microphone')[];
}

/** What is wrong, as a headline, and what to do about it. */
export function deviceText({ kind, devices }: DeviceProblem): { readonly title: string; readonly advice: string } {
    const [only = 'camera'] = devices;
    const both = devices.length > 1;
    return {
        title: t(`device.${kind}.${both ? 'both' : only}`),
        advice: t(both ? `device.${kind}.advice.both` : `device.${kind}.advice`),
    };
}
