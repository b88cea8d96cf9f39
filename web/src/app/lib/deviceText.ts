import type { DeviceErrorKind } from '../../sdk/devices';

export interface DeviceProblem {
    readonly kind: DeviceErrorKind;
    /** Camera, microphone, or both where the same is wrong with both. */
    readonly devices: readonly ('camera' | 'microphone')[];
}

/** What is wrong, as a headline, and what to do about it. */
export function deviceText({ kind, devices }: DeviceProblem): { readonly title: string; readonly advice: string } {
    const both = devices.length > 1;
    const names = devices.join(' and ');
    const are = both ? 'are' : 'is';
    const it = both ? 'them' : 'it';
    switch (kind) {
        case 'denied':
            return {
                title: `Your ${names} ${are} blocked`,
                advice: `Allow ${it} for this page: use the icon in the browser’s address bar, then try again.`,
            };
        case 'missing':
            return { title: `No ${devices.join(' or ')} was found`, advice: `Connect ${both ? 'one' : it}, then try again.` };
        case 'busy':
            return {
                title: `Your ${names} ${are} in use elsewhere`,
                advice: `Close the other program or tab that uses ${it}, then try again.`,
            };
        case 'insecure':
            return {
                title: `Your ${names} cannot be used on this page`,
                advice: 'Browsers allow it only over a secure connection: open this page with https:// in its address.',
            };
        case 'unknown':
            return { title: `Your ${names} could not be opened`, advice: 'Try again, reload the page, or try another browser.' };
    }
}
