import { expect, test } from 'vitest';
import { chooseDevice, type Situation } from './deviceChoice';

const [headset, webcam, standard] = ['headset', 'webcam', 'default'].map((id) => ({ id, label: `The ${id}` })) as [
    { id: string; label: string }, { id: string; label: string }, { id: string; label: string },
];
const hidden = { id: '', label: '' };

const calm: Situation = { devices: [standard, webcam, headset], used: webcam, preferred: undefined, ended: false };

test.each<[string, Partial<Situation>, string]>([
    ['nothing changed', {}, 'keep'],
    ['a new one was plugged in that nobody chose', { devices: [webcam, headset] }, 'keep'],
    ['the chosen one is in use', { used: headset, preferred: 'headset' }, 'keep'],
    ['the chosen one is back', { preferred: 'headset' }, 'switch headset returned'],
    ['the one in use is gone', { devices: [standard, headset] }, 'switch default gone'],
    ['the one in use is gone and the system names no standard', { devices: [headset] }, 'switch headset gone'],
    ['the one in use is gone and another was chosen once', { devices: [standard, headset], preferred: 'headset' }, 'switch headset gone'],
    ['the one in use has stopped but is still listed', { ended: true }, 'switch default gone'],
    ['the only one is gone', { devices: [] , ended: true }, 'none'],
    ['the only one has stopped but is still listed', { devices: [webcam], ended: true }, 'none'],
    ['there is none and never was', { devices: [], used: undefined }, 'keep'],
    ['the first one was plugged in', { devices: [webcam], used: undefined }, 'switch webcam first'],
    ['some were plugged in, the chosen one among them', { used: undefined, preferred: 'headset' }, 'switch headset first'],
    ['the browser hides what there is', { devices: [hidden] }, 'keep'],
    ['the browser hides what there is and it was unplugged', { devices: [hidden], ended: true }, 'none'],
    ['the browser does not say which one is in use', { used: hidden }, 'keep'],
    ['one of unknown name was unplugged', { used: hidden, ended: true }, 'switch default gone'],
])('when %s', (_, change, expected) => {
    const choice = chooseDevice({ ...calm, ...change });
    expect(choice.kind === 'switch' ? `switch ${choice.device.id} ${choice.why}` : choice.kind).toBe(expected);
});
