import { createContext, useContext } from 'react';

/** Where the app is shown: as a page of its own, or inside a page of somebody else's. */
export interface Frame {
    /** Then the page's title, address, keys and colours are not ours. */
    readonly embedded: boolean;
    /** Where keys are listened to. */
    readonly keys: () => EventTarget;
    /** What a chosen theme is written on. */
    readonly root: () => HTMLElement;
}

export const PAGE: Frame = { embedded: false, keys: () => window, root: () => document.documentElement };

export const FrameContext = createContext<Frame>(PAGE);

export function useFrame(): Frame {
    return useContext(FrameContext);
}
