import { after, before } from 'node:test';
import { Lab } from './lab.ts';
import { report } from './matrix.ts';
import { check } from './scenarios/check.ts';
import { firefox } from './scenarios/firefox.ts';
import { interruptions } from './scenarios/interruptions.ts';
import { networks } from './scenarios/networks.ts';
import { translation } from './scenarios/translation.ts';
import { wire } from './scenarios/wire.ts';

// One file, so that all of it shares one world, its servers and its browsers.

let lab: Lab;

before(async () => {
    lab = await Lab.open();
});

after(async () => {
    report();
    await lab?.close();
});

translation(() => lab);
networks(() => lab);
firefox(() => lab);
check(() => lab);
interruptions(() => lab);
wire(() => lab);
