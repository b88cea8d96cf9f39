/** A meeting code in two groups of three; the gap is only drawn, so that selecting it copies six digits. */
export function Code({ value }: { readonly value: string }) {
    return (
        <span className="code" data-testid="room-code">
            <span>{value.slice(0, 3)}</span><span>{value.slice(3)}</span>
        </span>
    );
}
