/** Positions in CSS pixels, relative to the stage's top left corner. */
export interface Rect {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
}

export interface Size {
    readonly width: number;
    readonly height: number;
}

/** Smallest and largest allowed width / height of a picture. */
export interface Ratios {
    readonly min: number;
    readonly max: number;
}

/** Between tiles, both ways. */
export const GAP = 10;

/** A gain in area below this share is not worth a different arrangement: of equals the one with fewer columns is taken. */
const NOISE = 1e-9;

/**
 * `count` equal tiles in rows, as large as the area and the ratios allow, the whole and a last row that is not full centred. The
 * ratios are those of the pictures, each of which has `caption` pixels below it.
 */
export function fitGrid(count: number, area: Rect, ratios: Ratios, caption = 0): Rect[] {
    if (count <= 0 || area.width <= 0 || area.height <= 0) {
        return [];
    }
    let best = { columns: 1, rows: count, width: 0, height: 0 };
    for (let columns = 1; columns <= count; columns++) {
        const rows = Math.ceil(count / columns);
        const picture = fitPicture({
            width: (area.width - GAP * (columns - 1)) / columns,
            height: (area.height - GAP * (rows - 1)) / rows - caption,
        }, ratios);
        if (picture.width * picture.height > best.width * best.height * (1 + NOISE)) {
            best = { columns, rows, ...picture };
        }
    }
    const { columns, rows, width } = best;
    const height = best.height + caption;
    const top = area.y + (area.height - (rows * height + GAP * (rows - 1))) / 2;
    return Array.from({ length: count }, (_, index) => {
        const row = Math.floor(index / columns);
        const inRow = row === rows - 1 ? count - row * columns : columns;
        const left = area.x + (area.width - (inRow * width + GAP * (inRow - 1))) / 2;
        return { x: left + (index % columns) * (width + GAP), y: top + row * (height + GAP), width, height };
    });
}

/** The largest picture inside a cell whose ratio stays within bounds. */
function fitPicture({ width, height }: Size, ratios: Ratios): Size {
    if (width <= 0 || height <= 0) {
        return { width: 0, height: 0 };
    }
    const ratio = clamp(width / height, ratios.min, ratios.max);
    return width / height > ratio ? { width: height * ratio, height } : { width, height: width / ratio };
}

/** How many tiles of at least that size an area has room for. */
export function capacity(area: Size, least: Size): number {
    const across = Math.floor((area.width + GAP) / (least.width + GAP));
    const down = Math.floor((area.height + GAP) / (least.height + GAP));
    return Math.max(0, across) * Math.max(0, down);
}

export function clamp(value: number, least: number, most: number): number {
    return Math.min(most, Math.max(least, value));
}
