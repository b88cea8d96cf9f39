import type { Catalogue } from '../catalogue';
import { chat } from './chat';
import { common } from './common';
import { device } from './device';
import { error } from './error';
import { home } from './home';
import { lobby } from './lobby';
import { people } from './people';
import { room } from './room';
import { sound } from './sound';
import { stage } from './stage';

export const de: Catalogue = {
    ...chat,
    ...common,
    ...device,
    ...error,
    ...home,
    ...lobby,
    ...people,
    ...room,
    ...sound,
    ...stage,
};
