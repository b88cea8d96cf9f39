import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from './paths.ts';

export type Rgb = readonly [red: number, green: number, blue: number];

/** What a person looks and sounds like: two halves of a picture, and a tone. */
export interface Likeness {
    readonly left: Rgb;
    readonly right: Rgb;
    /** Hertz; a divisor of 48000 × n, so that the file repeats without a click. */
    readonly tone: number;
}

export interface LikenessFiles {
    readonly video: string;
    readonly audio: string;
}

export interface Size {
    readonly width: number;
    readonly height: number;
}

const USUAL: Size = { width: 640, height: 360 };
export const SMALL: Size = { width: 320, height: 180 };
const FRAMES_PER_SECOND = 15;
const SAMPLE_RATE = 48_000;

/** Files for Chromium's fake camera and microphone. */
export function likenessFiles(name: string, likeness: Likeness, size = USUAL): LikenessFiles {
    const folder = temporaryFolder('media');
    const files = { video: join(folder, `${name}.y4m`), audio: join(folder, `${name}.wav`) };
    writeVideo(files.video, likeness, size);
    writeTone(files.audio, likeness.tone);
    return files;
}

/** A picture that is hard to compress, so that an encoder takes all the bits it may, and a tone. */
export function noiseFiles(): LikenessFiles {
    const folder = temporaryFolder('noise');
    const files = { video: join(folder, 'noise.y4m'), audio: join(folder, 'tone.wav') };
    const file = openSync(files.video, 'w');
    writeSync(file, y4mHeader(USUAL));
    const frame = Buffer.alloc((USUAL.width * USUAL.height * 3) / 2);
    let random = 42; // xorshift32
    for (let n = 0; n < FRAMES_PER_SECOND; n++) {
        for (let at = 0; at < frame.length; at++) {
            random ^= random << 13;
            random ^= random >>> 17;
            random ^= random << 5;
            frame[at] = 96 + (random & 63);
        }
        writeSync(file, 'FRAME\n');
        writeSync(file, frame);
    }
    closeSync(file);
    writeTone(files.audio, 440);
    return files;
}

function y4mHeader({ width, height }: Size): string {
    return `YUV4MPEG2 W${width} H${height} F${FRAMES_PER_SECOND}:1 Ip A1:1 C420jpeg\n`;
}

/** One second of video: two halves of plain colour, and along the bottom a white block that moves, so that no frame is like the last. */
function writeVideo(path: string, { left, right }: Likeness, size: Size): void {
    const { width, height } = size;
    const file = openSync(path, 'w');
    writeSync(file, y4mHeader(size));
    const [l, r, white] = [toYuv(left), toYuv(right), toYuv([255, 255, 255])];
    for (let frame = 0; frame < FRAMES_PER_SECOND; frame++) {
        const blockStart = Math.floor((frame / FRAMES_PER_SECOND) * (width - 40));
        writeSync(file, 'FRAME\n');
        for (const plane of [0, 1, 2] as const) {
            const scale = plane === 0 ? 1 : 2;
            const bytes = Buffer.alloc((width / scale) * (height / scale));
            for (let y = 0, at = 0; y < height / scale; y++) {
                for (let x = 0; x < width / scale; x++, at++) {
                    const [px, py] = [x * scale, y * scale];
                    const inBlock = py >= height - 40 && px >= blockStart && px < blockStart + 40;
                    bytes[at] = (inBlock ? white : px < width / 2 ? l : r)[plane];
                }
            }
            writeSync(file, bytes);
        }
    }
    closeSync(file);
}

/** BT.601, studio range. */
function toYuv([r, g, b]: Rgb): [number, number, number] {
    return [
        Math.round(16 + 0.257 * r + 0.504 * g + 0.098 * b),
        Math.round(128 - 0.148 * r - 0.291 * g + 0.439 * b),
        Math.round(128 + 0.439 * r - 0.368 * g - 0.071 * b),
    ];
}

/** Two seconds of a sine, 16 bits, one channel. */
function writeTone(path: string, hertz: number): void {
    const samples = SAMPLE_RATE * 2;
    const wav = Buffer.alloc(44 + samples * 2);
    wav.write('RIFF', 0);
    wav.writeUInt32LE(36 + samples * 2, 4);
    wav.write('WAVEfmt ', 8);
    wav.writeUInt32LE(16, 16);
    wav.writeUInt16LE(1, 20); // PCM
    wav.writeUInt16LE(1, 22); // channels
    wav.writeUInt32LE(SAMPLE_RATE, 24);
    wav.writeUInt32LE(SAMPLE_RATE * 2, 28);
    wav.writeUInt16LE(2, 32);
    wav.writeUInt16LE(16, 34);
    wav.write('data', 36);
    wav.writeUInt32LE(samples * 2, 40);
    for (let i = 0; i < samples; i++) {
        wav.writeInt16LE(Math.round(Math.sin((2 * Math.PI * hertz * i) / SAMPLE_RATE) * 9_000), 44 + i * 2);
    }
    writeFileSync(path, wav);
}
