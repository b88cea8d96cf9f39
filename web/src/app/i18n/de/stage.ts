import type { Part } from './part';

export const stage: Part<'stage'> = {
    'stage.screenOf': 'Bildschirm von {name}',
    'stage.ownScreen': 'Dein Bildschirm',
    'stage.muted': '{label}, stumm',
};
