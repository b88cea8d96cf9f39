import type { BackgroundBlur } from './blur/backgroundBlur';
import type { MaskMaker } from './blur/maskMaker';

export type { BackgroundBlur, BlurState, BlurView } from './blur/backgroundBlur';
export type { Mask, MaskMaker, MaskSize } from './blur/maskMaker';

export interface BlurOptions {
    /** What tells people from their background. Default: a model that the SDK brings along. */
    readonly maker?: MaskMaker;
}

/** A module that adds two vectors, which only browsers with SIMD in WebAssembly take. */
const SIMD = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11);

/** Whether {@link blurBackground} can work in this browser. Whether it is fast enough is seen only when it runs. */
export function canBlurBackground(): boolean {
    try {
        return typeof Worker === 'function' && typeof HTMLCanvasElement === 'function' && 'captureStream' in HTMLCanvasElement.prototype
            && WebAssembly.validate(SIMD);
    } catch {
        return false;
    }
}

/**
 * Blurs the background of a camera in this page: publish `track` of what it gives instead of the camera's, and look at `state` to
 * tell people when it cannot be done. Fetches what it needs, about 1.5 MB, from where the SDK came from; until then, and until it
 * is known where the person is, the whole picture is blurred. Rejects when the code cannot be fetched.
 */
export async function blurBackground(camera: MediaStreamTrack, { maker }: BlurOptions = {}): Promise<BackgroundBlur> {
    const blur = (await import('./blur')).makeBlur(maker);
    blur.setCamera(camera);
    return blur;
}
