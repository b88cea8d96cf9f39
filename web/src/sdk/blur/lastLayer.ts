import type { LastLayer } from './model';

/** How much of the mask before goes into the next, so that edges do not flicker. */
const KEPT = 0.35;
/** Below the first everything is background, above the second everything is the person, in between it is both. */
const EDGE = [0.3, 0.75] as const;

/** The end of the model: from its channels to a mask of twice their width and height, calmed with the mask before. */
export class MaskPainter {
    private before: Float32Array | undefined;

    constructor(
        private readonly layer: LastLayer,
        /** Of the channels' picture. */
        private readonly width: number,
        private readonly height: number,
    ) {}

    /** `features`: row by row, column by column, all channels of a place together. */
    paint(features: Float32Array): Uint8Array<ArrayBuffer> {
        const { width, height, layer: { weights, bias } } = this;
        const channels = weights.length / 4;
        const chances = new Float32Array(4 * width * height);
        for (let y = 0, from = 0; y < height; y++) {
            for (let x = 0; x < width; x++, from += channels) {
                for (let corner = 0; corner < 4; corner++) {
                    let sum = bias;
                    for (let c = 0; c < channels; c++) sum += features[from + c]! * weights[corner * channels + c]!;
                    chances[(2 * y + (corner >> 1)) * 2 * width + 2 * x + (corner & 1)] = 1 / (1 + Math.exp(-sum));
                }
            }
        }
        const { before } = this;
        if (before !== undefined) chances.forEach((chance, i) => (chances[i] = chance + KEPT * (before[i]! - chance)));
        this.before = chances;
        return Uint8Array.from(chances, opacity);
    }

    /** The next has nothing to do with those before. */
    forget(): void {
        this.before = undefined;
    }
}

function opacity(chance: number): number {
    const t = Math.min(1, Math.max(0, (chance - EDGE[0]) / (EDGE[1] - EDGE[0])));
    return Math.round(255 * t * t * (3 - 2 * t));
}
