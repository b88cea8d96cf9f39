export const help = {
    'help.title': 'Keyboard shortcuts',
    'help.off': 'Single keys are switched off in the settings.',
    'help.mute': 'Mute or unmute',
    'help.camera': 'Camera on or off',
    'help.share': 'Share a screen, or stop',
    'help.chat': 'Show or hide the chat',
    'help.people': 'Show or hide the people',
    'help.hand': 'Raise or lower your hand',
    'help.react': 'React with an emoji',
    'help.help': 'Show this list',
    'help.close': 'Close what is open',
    'help.moving': 'Tab moves from one control to the next, Enter presses it, and arrow keys move inside of menus.',
} as const;
