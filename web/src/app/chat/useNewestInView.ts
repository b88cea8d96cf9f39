import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';

const NEAR_END = 80;

interface NewestInView {
    readonly list: RefObject<HTMLDivElement | null>;
    /** There are newer messages below, because the reader had scrolled up. */
    readonly more: boolean;
    showNewest(): void;
}

/** Follows the newest message, except while the reader looks at older ones. */
export function useNewestInView(count: number, newestIsOwn: boolean): NewestInView {
    const list = useRef<HTMLDivElement>(null);
    const following = useRef(true);
    const [more, setMore] = useState(false);

    const showNewest = useCallback(() => {
        list.current?.scrollTo({ top: list.current.scrollHeight });
        following.current = true;
        setMore(false);
    }, []);

    useEffect(() => {
        const element = list.current;
        const scrolled = () => {
            if (element !== null) {
                following.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END;
                if (following.current) {
                    setMore(false);
                }
            }
        };
        element?.addEventListener('scroll', scrolled, { passive: true });
        return () => element?.removeEventListener('scroll', scrolled);
    }, []);

    useLayoutEffect(() => {
        if (following.current || newestIsOwn) {
            showNewest();
        } else {
            setMore(true);
        }
    }, [count, newestIsOwn, showNewest]);

    return { list, more, showNewest };
}
