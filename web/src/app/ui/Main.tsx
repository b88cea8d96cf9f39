import type { ComponentPropsWithoutRef } from 'react';
import { useFrame } from '../lib/frame';

/** The main part of the page; a page of somebody else's has one of its own already. */
export function Main(props: ComponentPropsWithoutRef<'main'>) {
    const { embedded } = useFrame();
    return embedded ? <section {...props} /> : <main {...props} />;
}
