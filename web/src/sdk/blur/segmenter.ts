import runtimeUrl from '@tensorflow/tfjs-tflite/wasm/tflite_web_api_cc_simd.wasm?url';
import modelUrl from '@mediapipe/selfie_segmentation/selfie_segmentation_landscape.tflite?url';
import type { Mask, MaskMaker, MaskSize } from './maskMaker';
import workerUrl from './segmenterWorker?worker&url';
import { startWorker } from './startWorker';

export type ToSegmenter =
    | { readonly kind: 'load'; readonly runtime: ArrayBuffer; readonly model: ArrayBuffer }
    | { readonly kind: 'make'; readonly pixels: ArrayBuffer }
    | { readonly kind: 'forget' };

export type FromSegmenter =
    | ({ readonly kind: 'ready' } & MaskSize)
    | { readonly kind: 'mask'; readonly alpha: ArrayBuffer; readonly millis: number }
    | { readonly kind: 'failed'; readonly message: string };

interface Waiting {
    resolve(mask: Mask): void;
    reject(error: Error): void;
}

/** Makes masks with MediaPipe's model for people before a camera, in a thread of its own and without a graphics card. */
export class Segmenter implements MaskMaker {
    size: MaskSize = { width: 0, height: 0 };
    readonly ready: Promise<void>;
    private worker: Worker | undefined;
    private waiting: Waiting | undefined;
    private broken: Error | undefined;
    private readonly closed = new AbortController();

    constructor() {
        this.ready = this.load();
        this.ready.catch(() => undefined);
    }

    make(picture: ImageData): Promise<Mask> {
        const { worker, broken } = this;
        if (worker === undefined || broken !== undefined) return Promise.reject(broken ?? new Error('not ready'));
        return new Promise((resolve, reject) => {
            this.waiting = { resolve, reject };
            const pixels = picture.data.buffer as ArrayBuffer;
            this.say({ kind: 'make', pixels }, [pixels]);
        });
    }

    forget(): void {
        this.say({ kind: 'forget' });
    }

    close(): void {
        this.closed.abort();
        this.worker?.terminate();
        this.fail(new Error('closed'));
    }

    private async load(): Promise<void> {
        const { signal } = this.closed;
        const [runtime, model, worker] = await Promise.all([fetched(runtimeUrl, signal), fetched(modelUrl, signal), startWorker(workerUrl, 'parley-masks')]);
        if (signal.aborted) {
            worker.terminate();
            throw new Error('closed');
        }
        this.worker = worker;
        this.size = await new Promise<MaskSize>((resolve, reject) => {
            signal.addEventListener('abort', () => reject(new Error('closed')));
            worker.onerror = ({ message }) => this.fail(new Error(message), reject);
            worker.onmessage = ({ data }: MessageEvent<FromSegmenter>) => {
                if (data.kind === 'ready') {
                    resolve({ width: data.width, height: data.height });
                } else if (data.kind === 'failed') {
                    this.fail(new Error(data.message), reject);
                } else {
                    this.waiting?.resolve({ alpha: new Uint8Array(data.alpha), millis: data.millis });
                    this.waiting = undefined;
                }
            };
            this.say({ kind: 'load', runtime, model }, [runtime, model]);
        });
    }

    private fail(error: Error, also?: (error: Error) => void): void {
        this.broken = error;
        also?.(error);
        this.waiting?.reject(error);
        this.waiting = undefined;
    }

    private say(message: ToSegmenter, transfer: Transferable[] = []): void {
        this.worker?.postMessage(message, transfer);
    }
}

async function fetched(url: string, signal: AbortSignal): Promise<ArrayBuffer> {
    const response = await fetch(url, { signal });
    if (!response.ok) throw new Error(`${url}: ${response.status}`);
    return response.arrayBuffer();
}
