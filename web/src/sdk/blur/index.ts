/** Background blur made in the page, fetched by `../blurLater.ts` when it is wanted. */
import { BackgroundBlur } from './backgroundBlur';
import type { MaskMaker } from './maskMaker';
import { Segmenter } from './segmenter';

export function makeBlur(maker: MaskMaker = new Segmenter()): BackgroundBlur {
    return new BackgroundBlur({ maker });
}
