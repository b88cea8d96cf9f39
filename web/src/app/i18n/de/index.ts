import type { Catalogue } from '../catalogue';
import { chat } from './chat';
import { common } from './common';
import { device } from './device';
import { error } from './error';
import { help } from './help';
import { home } from './home';
import { lobby } from './lobby';
import { people } from './people';
import { quality } from './quality';
import { room } from './room';
import { settings } from './settings';
import { sound } from './sound';
import { stage } from './stage';

export const de: Catalogue = {
    ...chat,
    ...common,
    ...device,
    ...error,
    ...help,
    ...home,
    ...lobby,
    ...people,
    ...quality,
    ...room,
    ...settings,
    ...sound,
    ...stage,
};
