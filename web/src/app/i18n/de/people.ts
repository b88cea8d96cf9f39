import type { Part } from './part';

export const people: Part<'people'> = {
    'people.muted': 'stumm',
    'people.unmuted': 'Mikrofon an',
    'people.cameraOff': 'Kamera aus',
    'people.cameraOn': 'Kamera an',
    'people.sharing': 'teilt einen Bildschirm',
    'people.invite': 'Andere einladen',
    'people.inviteLead': 'Sie brauchen den Link und den Code {code}',
};
