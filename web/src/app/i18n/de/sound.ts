import type { Part } from './part';

export const sound: Part<'sound'> = {
    'sound.devices': 'Ton und Bild',
};
