/** Two people talking: two speech shapes that share an edge. */
export function BrandMark({ size = 28 }: { readonly size?: number }) {
    return (
        <svg className="brand-mark" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
            <path className="brand-mark__back" d="M12 3h8a9 9 0 0 1 9 9v13.5a1.5 1.5 0 0 1-2.6 1L22.5 22H20a9 9 0 0 1-9-9z" />
            <path className="brand-mark__front" d="M12 7h5a9 9 0 0 1 9 9v0a9 9 0 0 1-9 9H9.5l-3.9 4a1.5 1.5 0 0 1-2.6-1V16a9 9 0 0 1 9-9z" />
        </svg>
    );
}

export function Brand({ href }: { readonly href?: string }) {
    const content = (
        <>
            <BrandMark />
            <span className="brand__name">Parley</span>
        </>
    );
    return href === undefined ? <span className="brand">{content}</span> : <a className="brand" href={href}>{content}</a>;
}
