import { useLayoutEffect, useRef, useState, type RefObject } from 'react';
import type { Size } from '../lib/layout';

/** The inner size of an element in CSS pixels, followed as it changes; 0×0 until it is known. */
export function useSize<E extends HTMLElement>(): [RefObject<E | null>, Size] {
    const element = useRef<E>(null);
    const [size, setSize] = useState<Size>({ width: 0, height: 0 });

    useLayoutEffect(() => {
        const observed = element.current;
        if (observed === null) {
            return undefined;
        }
        const measure = () => {
            const width = observed.clientWidth;
            const height = observed.clientHeight;
            setSize((old) => (old.width === width && old.height === height ? old : { width, height }));
        };
        measure();
        const observer = new ResizeObserver(measure);
        observer.observe(observed);
        return () => observer.disconnect();
    }, []);
    return [element, size];
}
