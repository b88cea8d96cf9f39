import { t, type Key } from '../i18n';
import { en } from '../i18n/en';

/** Every error of the SDK in words that a person can act on. */
export function errorText(error: unknown): string {
    const key = `error.${textOf(error, 'code')}`;
    if (hasText(key)) {
        return t(key);
    }
    // The SDK's own errors carry sentences made for people; others speak to developers.
    return ['ParleyError', 'DeviceError'].includes(textOf(error, 'name')) && textOf(error, 'message') !== ''
        ? textOf(error, 'message')
        : t('error.unknown');
}

/** Why joining failed, and whether trying the connection may tell more. */
export interface JoinError {
    readonly text: string;
    readonly network: boolean;
}

export function joinError(error: unknown): JoinError {
    return { text: errorText(error), network: /^(signalling|media)\//.test(textOf(error, 'code')) };
}

type ErrorKey = Extract<Key, `error.${string}`>;

function hasText(key: string): key is ErrorKey {
    return Object.hasOwn(en, key);
}

function textOf(error: unknown, field: 'code' | 'name' | 'message'): string {
    const value = (error as Partial<Record<string, unknown>> | null | undefined)?.[field];
    return typeof value === 'string' ? value : '';
}
