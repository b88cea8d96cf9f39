import { useCallback, useEffect, useState } from 'react';
import type { Arranged } from './useArrangement';

/** How long somebody who has a finger over a button is about to press it; milliseconds. */
const AIM_LASTS = 3_000;

/** Which page somebody is about to turn to, as far as pointer and focus tell. */
export interface Aim {
    readonly page: number | undefined;
    readonly at: (page: number | undefined) => void;
}

export function useAim(): Aim {
    // An object of its own for each sign, so that each begins the time anew.
    const [aim, setAim] = useState<{ readonly page: number }>();
    useEffect(() => {
        if (aim === undefined) {
            return undefined;
        }
        const timer = setTimeout(() => setAim(undefined), AIM_LASTS);
        return () => clearTimeout(timer);
    }, [aim]);
    return { page: aim?.page, at: useCallback((page) => setAim(page === undefined ? undefined : { page }), []) };
}

/** The keys of the tiles of that page, whose pictures shall flow already when it is turned to. */
export function keysOfPage({ arrangement: { equal }, layout: { pages } }: Arranged, page: number | undefined): string[] {
    const perPage = Math.ceil(equal.length / pages);
    return page === undefined || pages === 1 ? [] : equal.slice(page * perPage, (page + 1) * perPage).map(({ key }) => key);
}
