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

export interface Ratios {
    /** Smallest and largest allowed width / height of a tile. */
    readonly min: number;
    readonly max: number;
}

export interface StageLayout {
    readonly shares: readonly Rect[];
    readonly people: readonly Rect[];
    /** The own tile floats over the others (small screens); absent where it is one of `people`. */
    readonly self?: Rect;
}

export interface StageRequest extends Size {
    /** Width / height of each screen that is shown large. */
    readonly shares: readonly number[];
    /** Equal tiles, the own one included unless `floatingSelf`. */
    readonly people: number;
    readonly floatingSelf: boolean;
}

const GAP = 10;
/** Height of the line below a shared screen that says whose it is. */
export const SHARE_CAPTION = 34;
const WIDE_RATIOS: Ratios = { min: 1.25, max: 16 / 9 };
const TALL_RATIOS: Ratios = { min: 0.6, max: 16 / 9 };
const ALONE_TALL_RATIOS: Ratios = { min: 0.5, max: 16 / 9 };

/**
 * Equal tiles, as large as possible, centred; a last row that is not full is centred too. The ratios are those of the pictures,
 * each of which has `caption` pixels below it.
 */
export function fitGrid(count: number, area: Rect, ratios: Ratios, caption = 0): Rect[] {
    const gap = GAP;
    if (count <= 0 || area.width <= 0 || area.height <= 0) {
        return [];
    }
    let best = { columns: 1, rows: count, width: 0, height: 0 };
    for (let columns = 1; columns <= count; columns++) {
        const rows = Math.ceil(count / columns);
        const room = (area.height - gap * (rows - 1)) / rows - caption;
        const cell = fitCell((area.width - gap * (columns - 1)) / columns, room, ratios);
        if (cell.width * cell.height > best.width * best.height * 1.001) {
            best = { columns, rows, width: cell.width, height: cell.height };
        }
    }
    best.height += caption;
    const usedHeight = best.rows * best.height + gap * (best.rows - 1);
    const top = area.y + (area.height - usedHeight) / 2;
    return Array.from({ length: count }, (_, index) => {
        const row = Math.floor(index / best.columns);
        const inRow = row === best.rows - 1 ? count - row * best.columns : best.columns;
        const rowWidth = inRow * best.width + gap * (inRow - 1);
        const left = area.x + (area.width - rowWidth) / 2;
        return {
            x: left + (index % best.columns) * (best.width + gap),
            y: top + row * (best.height + gap),
            width: best.width,
            height: best.height,
        };
    });
}

/** The largest tile inside a cell whose ratio stays within bounds. */
function fitCell(width: number, height: number, ratios: Ratios): Size {
    if (width <= 0 || height <= 0) {
        return { width: 0, height: 0 };
    }
    const ratio = Math.min(ratios.max, Math.max(ratios.min, width / height));
    return width / height > ratio ? { width: height * ratio, height } : { width, height: width / ratio };
}

export function layoutStage(request: StageRequest): StageLayout {
    const whole: Rect = { x: 0, y: 0, width: request.width, height: request.height };
    if (request.shares.length > 0) {
        return layoutShares(request, whole);
    }
    const tall = request.height > request.width;
    const tallRatios = request.people === 1 ? ALONE_TALL_RATIOS : TALL_RATIOS;
    const people = fitGrid(request.people, whole, tall ? tallRatios : WIDE_RATIOS);
    return request.floatingSelf ? { shares: [], people, self: floatingRect(whole) } : { shares: [], people };
}

/** Shares get most of the room; people keep equal tiles beside them (wide windows) or below them (tall ones). */
function layoutShares(request: StageRequest, whole: Rect): StageLayout {
    const { shares, people: count } = request;
    const { width, height } = whole;
    if (count === 0) {
        return { shares: fitShares(shares, whole), people: [] };
    }
    if (width >= height * 1.15) {
        const strip = stripWidth(count, whole);
        return {
            shares: fitShares(shares, { ...whole, width: width - strip - GAP }),
            people: fitGrid(count, { x: width - strip, y: 0, width: strip, height }, WIDE_RATIOS),
        };
    }
    const wanted = shares.reduce((sum, ratio) => sum + width / ratio + SHARE_CAPTION + GAP, -GAP);
    const shareHeight = Math.min(height * 0.6, wanted);
    const below = { x: 0, y: shareHeight + GAP, width, height: height - shareHeight - GAP };
    return {
        shares: fitShares(shares, { ...whole, height: shareHeight }),
        people: fitGrid(count, below, TALL_RATIOS),
    };
}

/** One screen gets a tile of just its shape; several get equal ones between their shapes. */
function fitShares(ratios: readonly number[], area: Rect): Rect[] {
    return fitGrid(ratios.length, area, { min: Math.min(...ratios), max: Math.max(...ratios) }, SHARE_CAPTION);
}

/** One column of readable tiles; more people widen the strip up to a third of the window. */
function stripWidth(count: number, whole: Rect): number {
    const smallest = Math.min(240, Math.max(140, whole.width * 0.18));
    const readable = smallest * 0.8;
    for (let width = smallest; width < whole.width * 0.34; width += 20) {
        const tile = fitGrid(count, { x: 0, y: 0, width, height: whole.height }, WIDE_RATIOS)[0];
        if (tile !== undefined && tile.width >= readable) {
            return width;
        }
    }
    return whole.width * 0.34;
}

function floatingRect(whole: Rect): Rect {
    const tall = whole.height > whole.width;
    const width = tall ? Math.min(112, whole.width * 0.3) : Math.min(160, whole.width * 0.22);
    const height = tall ? width * (4 / 3) : width * (9 / 16);
    return { x: whole.width - width - GAP, y: whole.height - height - GAP, width, height };
}
