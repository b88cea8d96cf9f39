/** Sound, devices and their settings. */
export const sound = {
    'sound.settings': 'Settings',
} as const;
