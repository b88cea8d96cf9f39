import { useCallback, useMemo, useState } from 'react';
import type { Panel } from '../room/usePanel';

export interface Statistics {
    readonly open: boolean;
    /** Whose figures are shown; oneself's when undefined. */
    readonly of: string | undefined;
    readonly choose: (participantId: string) => void;
    /** Opens the panel with somebody's figures. */
    readonly show: (participantId: string) => void;
    readonly toggle: () => void;
}

/** Whose statistics one looks at. */
export function useStatistics({ open: panel, show: showPanel, toggle: togglePanel }: Panel): Statistics {
    const [of, choose] = useState<string>();
    const show = useCallback((participantId: string) => {
        choose(participantId);
        showPanel('stats');
    }, [showPanel]);
    const toggle = useCallback(() => togglePanel('stats'), [togglePanel]);
    const open = panel === 'stats';
    return useMemo(() => ({ open, of, choose, show, toggle }), [open, of, show, toggle]);
}
