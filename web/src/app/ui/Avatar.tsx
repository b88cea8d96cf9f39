import type { CSSProperties } from 'react';
import { hueOf, initials } from '../lib/people';

export function hueStyle(name: string): CSSProperties {
    return { '--hue': String(hueOf(name)) } as CSSProperties;
}

export function Avatar({ name, small = false }: { readonly name: string; readonly small?: boolean }) {
    return (
        <span className={small ? 'avatar avatar--small' : 'avatar'} style={hueStyle(name)} aria-hidden="true">
            {initials(name)}
        </span>
    );
}
