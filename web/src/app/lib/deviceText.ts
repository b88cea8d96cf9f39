import type { DeviceErrorKind } from '../../sdk';

/** A short headline for what is wrong with a device; the error itself says what to do. */
export function deviceTitle(kind: 'camera' | 'microphone', problem: DeviceErrorKind): string {
    const name = kind === 'camera' ? 'camera' : 'microphone';
    switch (problem) {
        case 'denied':
            return `Your ${name} is blocked`;
        case 'missing':
            return `No ${name} found`;
        case 'busy':
            return `Your ${name} is in use elsewhere`;
        case 'insecure':
            return `Your ${name} needs a secure page`;
        case 'unknown':
            return `Your ${name} could not be opened`;
    }
}
