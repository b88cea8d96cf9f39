import { useEffect } from 'react';
import { useFrame } from './frame';

/** The title of the page, where the page is ours. */
export function usePageTitle(title: string): void {
    const { embedded } = useFrame();
    useEffect(() => {
        if (!embedded) {
            document.title = title;
        }
    }, [embedded, title]);
}
