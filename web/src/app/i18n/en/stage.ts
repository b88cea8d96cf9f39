/** Tiles, layout, connection and statistics. */
export const stage = {
    'stage.screenOf': '{name}’s screen',
    'stage.ownScreen': 'Your screen',
    'stage.muted': '{label}, muted',
} as const;
