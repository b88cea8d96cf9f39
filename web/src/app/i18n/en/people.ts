/** The list of people and what the host may do. */
export const people = {
    'people.muted': 'muted',
    'people.unmuted': 'microphone on',
    'people.cameraOff': 'camera off',
    'people.cameraOn': 'camera on',
    'people.sharing': 'sharing a screen',
    'people.invite': 'Invite others',
    'people.inviteLead': 'They need the link and the code {code}',
} as const;
