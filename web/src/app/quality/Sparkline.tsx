interface Props {
    /** From old to new; undefined where nothing was measured. */
    readonly values: readonly (number | undefined)[];
    /** The value at the top edge. */
    readonly most: number;
    readonly label: string;
}

const WIDTH = 120;
const HEIGHT = 32;
/** As many values as fill the width. */
export const POINTS = 45;

/** A small plot over time; the newest value is at the right. */
export function Sparkline({ values, most, label }: Props) {
    const shown = values.slice(-POINTS);
    const step = WIDTH / (POINTS - 1);
    const start = WIDTH - (shown.length - 1) * step;
    const points = shown.flatMap((value, index) => (value === undefined ? []
        : [`${(start + index * step).toFixed(1)},${(HEIGHT - 2 - (Math.min(value, most) / (most || 1)) * (HEIGHT - 4)).toFixed(1)}`]));
    const first = points[0]?.split(',')[0];
    return (
        <svg className="spark" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={label}>
            {points.length > 1 && (
                <>
                    <polygon className="spark__area" points={`${first},${HEIGHT} ${points.join(' ')} ${WIDTH},${HEIGHT}`} />
                    <polyline className="spark__line" points={points.join(' ')} />
                </>
            )}
        </svg>
    );
}
