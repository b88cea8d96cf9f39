import { useCallback, useMemo, useState } from 'react';
import { VIEWS, type View } from '../lib/arrange';
import { preferences } from '../lib/storage';

export interface StageView {
    readonly view: View;
    readonly selfHidden: boolean;
    /** The key of the pinned tile. */
    readonly pinned: string | undefined;
    readonly choose: (view: View) => void;
    readonly hideSelf: (hidden: boolean) => void;
    /** Pins the tile, or lets it go if it is the pinned one. */
    readonly togglePin: (key: string) => void;
}

/** How this person wants to see the others. View and own picture are remembered, a pin lasts for the meeting. */
export function useStageView(): StageView {
    const [view, setView] = useState<View>(() => VIEWS.find((name) => name === preferences.view()) ?? 'auto');
    const [selfHidden, setSelfHidden] = useState(preferences.selfHidden);
    const [pinned, setPinned] = useState<string>();

    const choose = useCallback((next: View) => {
        setView(next);
        preferences.rememberView(next);
        // Whoever asks for another view wants to see it.
        setPinned(undefined);
    }, []);
    const hideSelf = useCallback((hidden: boolean) => {
        setSelfHidden(hidden);
        preferences.rememberSelfHidden(hidden);
    }, []);
    const togglePin = useCallback((key: string) => setPinned((old) => (old === key ? undefined : key)), []);
    return useMemo(() => ({ view, selfHidden, pinned, choose, hideSelf, togglePin }), [view, selfHidden, pinned, choose, hideSelf, togglePin]);
}
