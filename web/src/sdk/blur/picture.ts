import type { Mask, MaskSize } from './maskMaker';

/** Fewer lines than this are left of the picture where it is the most blurred. */
const COARSE = 24;

type Canvas = HTMLCanvasElement & { readonly context: CanvasRenderingContext2D };

/**
 * Paints the person on a blurred picture of the camera. The blur is made by halving the picture again and again and doubling it
 * the same way back: no browser lacks that, and it costs less than one picture.
 */
export class Picture {
    readonly canvas = canvas();
    private readonly sample = canvas({ willReadFrequently: true });
    private readonly mask = canvas();
    private halves: Canvas[] = [];
    private masked = false;

    /** The camera's picture, no wider than so many pixels: only the person in focus, or without a mask nothing at all. */
    paint(video: HTMLVideoElement, widest: number): void {
        const { canvas: { context }, canvas } = this;
        this.fit(video, widest);
        const { width, height } = canvas;
        this.blur(video);
        const blurred = this.halves[0]!;
        context.globalCompositeOperation = 'copy';
        if (this.masked) {
            context.drawImage(this.mask, 0, 0, width, height);
            context.globalCompositeOperation = 'source-in';
            context.drawImage(video, 0, 0, width, height);
            context.globalCompositeOperation = 'destination-over';
        }
        context.drawImage(blurred, 0, 0, width, height);
    }

    /** Where the person is from now on; undefined when nobody knows. */
    setMask(mask: Mask | undefined, { width, height }: MaskSize): void {
        this.masked = mask !== undefined;
        if (mask === undefined) return;
        resize(this.mask, width, height);
        const pixels = this.mask.context.createImageData(width, height);
        mask.alpha.forEach((alpha, i) => (pixels.data[4 * i + 3] = alpha));
        this.mask.context.putImageData(pixels, 0, 0);
    }

    /** The camera's picture in the size that masks are made of. */
    take(video: HTMLVideoElement, { width, height }: MaskSize): ImageData {
        const { sample } = this;
        resize(sample, width, height);
        sample.context.drawImage(video, 0, 0, width, height);
        return sample.context.getImageData(0, 0, width, height);
    }

    /** Gives the memory back. */
    close(): void {
        for (const each of [this.canvas, this.sample, this.mask, ...this.halves]) resize(each, 0, 0);
    }

    private fit({ videoWidth, videoHeight }: HTMLVideoElement, widest: number): void {
        const scale = Math.min(1, widest / videoWidth);
        // Even: video has half the colours.
        const even = (length: number): number => Math.max(2, 2 * Math.round((length * scale) / 2));
        const [width, height] = [even(videoWidth), even(videoHeight)];
        if (!resize(this.canvas, width, height)) return;
        const steps = Math.max(2, Math.round(Math.log2(Math.min(width, height) / COARSE)));
        this.halves.forEach((half) => resize(half, 0, 0));
        this.halves = Array.from({ length: steps }, (_, i) => {
            const half = canvas();
            resize(half, Math.max(1, width >> (i + 1)), Math.max(1, height >> (i + 1)));
            half.context.globalCompositeOperation = 'copy';
            return half;
        });
    }

    private blur(video: HTMLVideoElement): void {
        const { halves } = this;
        const draw = (from: CanvasImageSource, to: Canvas): Canvas => {
            to.context.drawImage(from, 0, 0, to.width, to.height);
            return to;
        };
        halves.reduce<CanvasImageSource>(draw, video);
        halves.slice(0, -1).reduceRight<CanvasImageSource>(draw, halves.at(-1)!);
    }
}

function canvas(settings: CanvasRenderingContext2DSettings = {}): Canvas {
    const element = document.createElement('canvas');
    const context = element.getContext('2d', settings);
    if (context === null) throw new Error('There is no canvas to paint on.');
    return Object.assign(element, { context });
}

/** Whether that was a change. It empties the canvas, and sets its context back. */
function resize(element: HTMLCanvasElement, width: number, height: number): boolean {
    if (element.width === width && element.height === height) return false;
    element.width = width;
    element.height = height;
    return true;
}
