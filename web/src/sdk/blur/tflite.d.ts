/** What is used of TensorFlow Lite's WebAssembly runtime; `tools/mask-runtime.mjs` makes it a module. */
declare module '@tensorflow/tfjs-tflite/wasm/tflite_web_api_cc_simd.js' {
    export interface Tensor {
        /** Sizes with commas between them. */
        readonly shape: string;
        data(): Float32Array;
    }

    export interface Tensors {
        get(index: number): Tensor;
    }

    export interface Runner {
        GetInputs(): Tensors;
        GetOutputs(): Tensors;
        Infer(): boolean;
    }

    interface Options {
        readonly numThreads: number;
        readonly enableProfiling: boolean;
        readonly maxProfilingBufferEntries: number;
    }

    export interface Runtime {
        readonly HEAPU8: Uint8Array;
        readonly TFLiteWebModelRunner: {
            CreateFromBufferAndOptions(place: number, length: number, options: Options): {
                ok(): boolean;
                errorMessage(): string;
                value(): Runner;
            };
        };
        _malloc(bytes: number): number;
    }

    export default function createRuntime(settings: {
        readonly wasmBinary: ArrayBuffer;
        readonly print: (text: string) => void;
        readonly printErr: (text: string) => void;
    }): Promise<Runtime>;
}
