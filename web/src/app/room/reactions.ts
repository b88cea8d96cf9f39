/** What one may react with; few enough to find one at a glance. */
export const REACTIONS = ['👍', '👏', '❤️', '😂', '😮', '😢', '🎉', '🤔'] as const;
