/** Sound, devices and their settings. */
export const sound = {
    'sound.devices': 'Sound and picture',
} as const;
