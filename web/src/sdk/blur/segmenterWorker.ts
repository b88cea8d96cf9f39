import createRuntime, { type Runner, type Runtime, type Tensor } from '@tensorflow/tfjs-tflite/wasm/tflite_web_api_cc_simd.js';
import { MaskPainter } from './lastLayer';
import { withoutLastLayer } from './model';
import type { FromSegmenter, ToSegmenter } from './segmenter';

/** The thread in which masks are made: TensorFlow Lite in WebAssembly, and the model. It fetches nothing: it is given both. */

let segmenter: {
    readonly runner: Runner;
    readonly input: Tensor;
    readonly output: Tensor;
    readonly painter: MaskPainter;
} | undefined;

const answer = (message: FromSegmenter, transfer: Transferable[] = []): void =>
    (self as unknown as { postMessage(message: FromSegmenter, transfer: Transferable[]): void }).postMessage(message, transfer);

self.onmessage = ({ data }: MessageEvent<ToSegmenter>): void => {
    work(data).catch((error: unknown) => answer({ kind: 'failed', message: error instanceof Error ? error.message : String(error) }));
};

async function work(message: ToSegmenter): Promise<void> {
    switch (message.kind) {
        case 'load':
            return load(message.runtime, message.model);
        case 'make':
            return make(message.pixels);
        case 'forget':
            return segmenter?.painter.forget();
    }
}

async function load(wasm: ArrayBuffer, file: ArrayBuffer): Promise<void> {
    const runtime = await createRuntime({ wasmBinary: wasm, print: () => undefined, printErr: () => undefined });
    const model = withoutLastLayer(file);
    const runner = runnerOf(runtime, model.content);
    const [input, output] = [runner.GetInputs().get(0), runner.GetOutputs().get(0)];
    const [, height, width] = shape(input.shape);
    const [, rows, columns] = shape(output.shape);
    segmenter = { runner, input, output, painter: new MaskPainter(model.last, columns, rows) };
    if (width !== 2 * columns || height !== 2 * rows) throw new Error('The model’s masks are not of its pictures’ size');
    runner.Infer(); // The first is slow.
    answer({ kind: 'ready', width, height });
}

function runnerOf(runtime: Runtime, model: Uint8Array): Runner {
    // Stays taken: the runner reads the weights there.
    const place = runtime._malloc(model.length);
    runtime.HEAPU8.set(model, place);
    const options = { numThreads: 1, enableProfiling: false, maxProfilingBufferEntries: 0 };
    const made = runtime.TFLiteWebModelRunner.CreateFromBufferAndOptions(place, model.length, options);
    if (!made.ok()) throw new Error(made.errorMessage());
    return made.value();
}

function shape(text: string): [number, number, number, number] {
    return text.split(',').map(Number) as [number, number, number, number];
}

async function make(pixels: ArrayBuffer): Promise<void> {
    if (segmenter === undefined) throw new Error('not loaded');
    const { runner, painter } = segmenter;
    const start = performance.now();
    // The runtime's memory may have moved: where the numbers are is asked anew each time.
    const input = segmenter.input.data();
    const bytes = new Uint8Array(pixels);
    for (let from = 0, to = 0; from < bytes.length; from += 4) {
        input[to++] = bytes[from]! / 255;
        input[to++] = bytes[from + 1]! / 255;
        input[to++] = bytes[from + 2]! / 255;
    }
    if (!runner.Infer()) throw new Error('the model could not be run');
    const alpha = painter.paint(segmenter.output.data());
    answer({ kind: 'mask', alpha: alpha.buffer, millis: performance.now() - start }, [alpha.buffer]);
}
