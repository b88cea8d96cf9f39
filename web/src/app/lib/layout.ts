import { capacity, clamp, fitGrid, GAP, type Ratios, type Rect, type Size } from './grid';

export type { Rect, Size } from './grid';

/** What is to be placed; see {@link layoutStage}. */
export interface StageRequest extends Size {
    /** Width / height of each screen that is shown large. */
    readonly shares: readonly number[];
    /** One picture of a person is shown large: who speaks, or who was pinned. Then there are no large shares. */
    readonly featured: boolean;
    /** How many tiles stay equal to each other. */
    readonly people: number;
    /** One's own picture floats small over the others. */
    readonly floatingSelf: boolean;
    /** Which of the pages of equal tiles, from 0; one that does not exist any more counts as the last. */
    readonly page: number;
}

export interface StageLayout {
    /** The large pictures, in the order of the request. */
    readonly large: readonly Rect[];
    /** The equal tiles of this page: those from `first` on. */
    readonly people: readonly Rect[];
    readonly first: number;
    readonly page: number;
    readonly pages: number;
    /** Where to turn the pages; only when there are several. */
    readonly pager?: Rect;
    readonly self?: Rect;
}

/** Height of the line below a shared screen that says whose it is. */
export const SHARE_CAPTION = 34;
const PAGER_HEIGHT = 44;
const WIDEST = 16 / 9;
/** A stage that is narrower or lower than this is a phone's, upright or on its side. */
const SMALL_STAGE = { width: 560, height: 420 };
/** More are shown page by page: nobody would tell them apart, and each picture costs network and decoding. */
const MOST_ON_SMALL = 8;
const MOST = 49;
/** Square pixels below which a face in the grid cannot be read any more. */
const READABLE_AREA = 14_000;
/** The least tile beside a large picture, and one that needs no more room. */
const LEAST_ON_SMALL = { width: 104, height: 76 };
const LEAST = { width: 120, height: 68 };
const COMFORTABLE = { small: 130 * 90, usual: 220 * 124 };

/**
 * Where everything on the stage goes: without anything large a grid of equal tiles; else the large pictures take most of the
 * window, and the people keep equal tiles beside or below them. People who do not fit go to further pages.
 */
export function layoutStage(request: StageRequest): StageLayout {
    const window: Rect = { x: 0, y: 0, width: request.width, height: request.height };
    const large = request.shares.length > 0 || request.featured;
    const laid = large ? layoutLarge(request, window) : layoutGrid(request, window);
    return request.floatingSelf && request.width > 0 && request.height > 0 ? { ...laid, self: floatingRect(window) } : laid;
}

/** In a tall window tiles may be tall, the more so when there is but one; the bounds change smoothly with the window. */
function peopleRatios({ width, height }: Size, count: number): Ratios {
    return { min: clamp(width / height, count === 1 ? 0.46 : 0.6, 1.25), max: WIDEST };
}

function isSmall({ width, height }: Size): boolean {
    return width < SMALL_STAGE.width || height < SMALL_STAGE.height;
}

// ---- the grid

function layoutGrid({ people, page }: StageRequest, window: Rect): StageLayout {
    const most = isSmall(window) ? MOST_ON_SMALL : clamp(Math.floor((window.width * window.height) / READABLE_AREA), 1, MOST);
    return { large: [], ...layoutPage(people, page, most, window) };
}

type Paged = Omit<StageLayout, 'large' | 'self'>;

/** At most that many on a page, all pages about equally full. */
function layoutPage(count: number, page: number, most: number, area: Rect): Paged {
    if (count <= most) {
        return { people: fitGrid(count, area, peopleRatios(area, count)), first: 0, page: 0, pages: 1 };
    }
    const pages = Math.ceil(count / most);
    const perPage = Math.ceil(count / pages);
    const shown = clamp(page, 0, pages - 1);
    const first = shown * perPage;
    const tiles = { ...area, height: Math.max(0, area.height - PAGER_HEIGHT) };
    return {
        people: fitGrid(Math.min(perPage, count - first), tiles, peopleRatios(area, perPage)),
        first,
        page: shown,
        pages,
        pager: { x: area.x, y: area.y + tiles.height, width: area.width, height: Math.min(PAGER_HEIGHT, area.height) },
    };
}

// ---- large pictures

/** How much of the window's width or height the people may take; tried one by one. */
const STRIPS = Array.from({ length: 29 }, (_, step) => 0.1 + step * 0.02);
/** What readable people are worth, against the share of the window that the large pictures get. */
const WORTH_OF_SIZE = 0.25;
const WORTH_OF_SEEING_ALL = 0.5;
/** Where the large pictures cannot use more room, the people may as well. */
const WORTH_OF_FILLING = 0.08;
/** What is large must look so beside the others: so many times as large. */
const LARGER = 4;

/** Of all divisions of the window, with the people beside or below, the one that shows most. */
function layoutLarge(request: StageRequest, window: Rect): StageLayout {
    const { people, page } = request;
    const alone: StageLayout = { large: fitLarge(request, window), people: [], first: 0, page: 0, pages: 1 };
    if (people === 0 || window.width <= 0 || window.height <= 0) {
        return alone;
    }
    const least = isSmall(window) ? LEAST_ON_SMALL : LEAST;
    const comfortable = isSmall(window) ? COMFORTABLE.small : COMFORTABLE.usual;
    let best = alone;
    let bestWorth = -1;
    for (const { main, strip } of divisions(window)) {
        const room = capacity(strip, least);
        const roomWithPager = capacity({ ...strip, height: strip.height - PAGER_HEIGHT }, least);
        const laid = layoutPage(people, page, clamp(room >= people ? room : roomWithPager, 1, MOST), strip);
        const large = fitLarge(request, main);
        const person = areaOf(laid.people.slice(0, 1));
        const worth = areaOf(large) / (window.width * window.height)
            - (person * LARGER > areaOf(large) / large.length ? 1 : 0)
            + WORTH_OF_SIZE * Math.min(1, person / comfortable)
            + WORTH_OF_SEEING_ALL * (Math.ceil(people / laid.pages) / people)
            + WORTH_OF_FILLING * (areaOf(laid.people) / (window.width * window.height));
        if (worth > bestWorth) {
            best = { large, ...laid };
            bestWorth = worth;
        }
    }
    return best;
}

function* divisions({ width, height }: Rect): Generator<{ main: Rect; strip: Rect }> {
    for (const share of STRIPS) {
        const beside = Math.max(width * share, LEAST_ON_SMALL.width);
        yield {
            main: { x: 0, y: 0, width: width - beside - GAP, height },
            strip: { x: width - beside, y: 0, width: beside, height },
        };
        const below = Math.max(height * share, LEAST_ON_SMALL.height);
        yield {
            main: { x: 0, y: 0, width, height: height - below - GAP },
            strip: { x: 0, y: height - below, width, height: below },
        };
    }
}

/** One screen gets a tile of just its shape; several get equal ones between their shapes; a person is cropped a little to fill. */
function fitLarge({ shares }: StageRequest, area: Rect): Rect[] {
    return shares.length > 0
        ? fitGrid(shares.length, area, { min: Math.min(...shares), max: Math.max(...shares) }, SHARE_CAPTION)
        : fitGrid(1, area, peopleRatios(area, 1));
}

function areaOf(rects: readonly Rect[]): number {
    return rects.reduce((sum, { width, height }) => sum + width * height, 0);
}

// ---- one's own picture

/** In the corner at the bottom right, upright on upright windows. */
function floatingRect({ width, height }: Rect): Rect {
    const tall = height > width;
    const own = tall ? Math.min(112, width * 0.3) : clamp(width * 0.16, Math.min(140, width * 0.3), 240);
    const size = { width: own, height: Math.min(tall ? own * (4 / 3) : own * (9 / 16), height * 0.4) };
    const margin = Math.min(GAP + 4, width * 0.02);
    return { ...size, x: width - size.width - margin, y: height - size.height - margin };
}
