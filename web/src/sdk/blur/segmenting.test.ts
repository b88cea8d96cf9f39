import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { withoutEval } from '../../../tools/mask-runtime.mjs';
import { MaskPainter } from './lastLayer';
import { withoutLastLayer } from './model';
import type { FromSegmenter, ToSegmenter } from './segmenter';

const modules = resolve(import.meta.dirname, '../../../node_modules');
const glue = (): string => readFileSync(join(modules, '@tensorflow/tfjs-tflite/wasm/tflite_web_api_cc_simd.js'), 'utf8');
const contentOf = (path: string): ArrayBuffer => new Uint8Array(readFileSync(join(modules, path))).buffer;
const model = (): ArrayBuffer => contentOf('@mediapipe/selfie_segmentation/selfie_segmentation_landscape.tflite');

describe('the model', () => {
    test('is taken as it is but for its last layer', () => {
        const before = new Uint8Array(model());
        const { content, last } = withoutLastLayer(model());
        expect(last.weights).toHaveLength(2 * 2 * 16);
        expect([...last.weights, last.bias].every((value) => Number.isFinite(value) && Math.abs(value) < 100)).toBe(true);
        expect(content).toHaveLength(before.length);
        expect(content.filter((byte, i) => byte !== before[i]).length).toBeLessThan(8);
    });

    test('of another kind is refused', () => {
        expect(() => withoutLastLayer(withoutLastLayer(model()).content.buffer)).toThrow(/does not end as it should/);
    });
});

describe('a mask', () => {
    const layer = { weights: new Float32Array([20, -20, 20, -20]), bias: 0 };

    test('has four places for each of the features, in their order', () => {
        expect([...new MaskPainter(layer, 2, 1).paint(Float32Array.of(1, -1))]).toEqual([255, 0, 0, 255, 255, 0, 0, 255]);
    });

    test('follows what changes, without a jump, unless everything is new', () => {
        const painter = new MaskPainter({ ...layer, bias: 0 }, 1, 1);
        painter.paint(Float32Array.of(1));
        const [soft] = painter.paint(Float32Array.of(-1));
        expect(soft).toBeGreaterThan(0);
        expect(soft).toBeLessThan(128);
        painter.paint(Float32Array.of(1));
        painter.forget();
        expect([...painter.paint(Float32Array.of(-1))]).toEqual([0, 255, 0, 255]);
    });
});

describe('the thread that makes masks', () => {
    const folder = mkdtempSync(join(tmpdir(), 'parley-masks-'));
    const answers: FromSegmenter[] = [];
    const scope = globalThis as unknown as {
        self: unknown;
        postMessage: (message: FromSegmenter) => void;
        onmessage: (event: { data: ToSegmenter }) => void;
    };

    beforeAll(async () => {
        writeFileSync(join(folder, 'runtime.mjs'), withoutEval(glue()));
        vi.doMock('@tensorflow/tfjs-tflite/wasm/tflite_web_api_cc_simd.js',
            () => import(/* @vite-ignore */ pathToFileURL(join(folder, 'runtime.mjs')).href));
        vi.stubGlobal('self', globalThis);
        vi.stubGlobal('postMessage', (message: FromSegmenter) => answers.push(message));
        await import('./segmenterWorker');
    });

    afterAll(() => {
        vi.unstubAllGlobals();
        rmSync(folder, { recursive: true });
    });

    const answer = (): Promise<FromSegmenter> => vi.waitUntil(() => answers.shift(), { timeout: 20_000 });

    /** A figure before a chequered wall, as a camera would see it. */
    function figure(width: number, height: number): ArrayBuffer {
        const pixels = new Uint8ClampedArray(width * height * 4);
        for (let y = 0, at = 0; y < height; y++) {
            for (let x = 0; x < width; x++, at += 4) {
                const [u, v] = [(x / width - 0.5) * (width / height), y / height];
                const head = (u / 0.155) ** 2 + ((v - 0.36) / 0.21) ** 2;
                const hair = (u / 0.18) ** 2 + ((v - 0.3) / 0.22) ** 2 < 1 && v < 0.3;
                const body = v > 0.56 && Math.abs(u) < 0.13 + 0.24 * Math.min(1, (v - 0.52) / 0.22);
                const light = 1 - 0.25 * Math.abs(u) / 0.155;
                const eye = Math.hypot((Math.abs(u) - 0.06) / 1.6, v - 0.36) < 0.014;
                const mouth = Math.abs(u) < 0.055 && Math.abs(v - 0.48) < 0.01;
                const wall = (x >> 3) + (y >> 3) & 1 ? 190 : 150;
                const colour = hair ? [50, 32, 22] : head < 1 ? (eye ? [40, 30, 30] : mouth ? [150, 70, 70] : [224 * light, 172 * light, 140 * light])
                    : body ? (Math.abs(u) < 0.06 && v < 0.62 ? [205, 155, 125] : [40, 60, 110]) : [wall, wall, wall - 10];
                pixels.set([...colour, 255], at);
            }
        }
        return pixels.buffer;
    }

    test('tells a figure from the wall behind it', async () => {
        scope.onmessage({ data: { kind: 'load', runtime: contentOf('@tensorflow/tfjs-tflite/wasm/tflite_web_api_cc_simd.wasm'), model: model() } });
        expect(await answer()).toEqual({ kind: 'ready', width: 256, height: 144 });
        scope.onmessage({ data: { kind: 'make', pixels: figure(256, 144) } });
        const made = await answer();
        if (made.kind !== 'mask') throw new Error(JSON.stringify(made));
        const mask = new Uint8Array(made.alpha);
        const mean = (left: number, top: number, size: number): number => {
            let sum = 0;
            for (let y = top; y < top + size; y++) for (let x = left; x < left + size; x++) sum += mask[y * 256 + x]!;
            return sum / size ** 2;
        };
        console.log('A mask took', made.millis.toFixed(1), 'ms');
        expect(mean(118, 42, 20), 'the face').toBeGreaterThan(240);
        expect(mean(118, 115, 20), 'the chest').toBeGreaterThan(240);
        for (const [x, y] of [[4, 4], [232, 4], [4, 60], [232, 60]] as const) expect(mean(x, y, 20), 'the wall').toBeLessThan(15);
    }, 30_000);

    test('says so when it cannot work', async () => {
        scope.onmessage({ data: { kind: 'load', runtime: new ArrayBuffer(8), model: model() } });
        expect(await answer()).toMatchObject({ kind: 'failed' });
    }, 30_000);
});

describe('the runtime', () => {
    test('compiles no text, and another one than the known is refused', () => {
        expect(withoutEval(glue())).not.toMatch(/new Function|\beval\(/);
        expect(() => withoutEval(glue().replace('function craftInvokerFunction(', 'function other('))).toThrow(/craftInvokerFunction/);
    });
});
