import type { Part } from './part';

export const sound: Part<'sound'> = {
    'sound.settings': 'Einstellungen',
};
