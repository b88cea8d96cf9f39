import { useCallback, useEffect, useMemo, useState } from 'react';

export interface FullScreen {
    readonly supported: boolean;
    readonly on: boolean;
    /** Shows that element alone, or the whole page; the way back when something is full screen already. */
    readonly toggle: (element?: Element) => void;
}

export function useFullScreen(): FullScreen {
    const [on, setOn] = useState(() => (document.fullscreenElement ?? null) !== null);

    useEffect(() => {
        const changed = () => setOn(document.fullscreenElement !== null);
        document.addEventListener('fullscreenchange', changed);
        return () => document.removeEventListener('fullscreenchange', changed);
    }, []);

    const toggle = useCallback((element?: Element) => {
        // Refused where the page around forbids it; then everything simply stays as it is.
        const change = document.fullscreenElement ? document.exitFullscreen() : (element ?? document.documentElement).requestFullscreen();
        change.catch(() => undefined);
    }, []);
    const supported = document.fullscreenEnabled === true;
    return useMemo(() => ({ supported, on, toggle }), [supported, on, toggle]);
}
