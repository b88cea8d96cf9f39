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

/** Somebody before a finely chequered wall, who sways a little, and a tone. */
export function figureFiles(tone: number): LikenessFiles {
    const folder = temporaryFolder('figure');
    const files = { video: join(folder, 'figure.y4m'), audio: join(folder, 'tone.wav') };
    const { width, height } = USUAL;
    const file = openSync(files.video, 'w');
    writeSync(file, y4mHeader(USUAL));
    for (let n = 0; n < FRAMES_PER_SECOND; n++) {
        const sway = 0.012 * Math.sin((2 * Math.PI * n) / FRAMES_PER_SECOND);
        const planes = [Buffer.alloc(width * height), Buffer.alloc((width * height) / 4), Buffer.alloc((width * height) / 4)] as const;
        for (let y = 0; y < height; y++) {
            for (let x = 0; x < width; x++) {
                const [luma, blue, red] = toYuv(figureAt((x - width / 2) / height - sway, y / height) ?? wallAt(x, y));
                planes[0][y * width + x] = luma;
                if (((x | y) & 1) === 0) {
                    planes[1][(y * width) / 4 + x / 2] = blue;
                    planes[2][(y * width) / 4 + x / 2] = red;
                }
            }
        }
        writeSync(file, 'FRAME\n');
        planes.forEach((plane) => writeSync(file, plane));
    }
    closeSync(file);
    writeTone(files.audio, tone);
    return files;
}

/** Squares of 8 pixels. */
function wallAt(x: number, y: number): Rgb {
    return ((x >> 3) + (y >> 3)) & 1 ? [205, 200, 185] : [120, 125, 135];
}

/** Head, hair and shoulders; `u` from the middle and `v` from the top, in heights of the picture. */
function figureAt(u: number, v: number): Rgb | undefined {
    const side = Math.abs(u);
    if (v < 0.3 && (u / 0.18) ** 2 + ((v - 0.3) / 0.22) ** 2 < 1) return [50, 32, 22];
    if ((u / 0.155) ** 2 + ((v - 0.36) / 0.21) ** 2 < 1) {
        if (Math.hypot((side - 0.06) / 1.6, v - 0.36) < 0.014) return [40, 30, 30];
        if (side < 0.055 && Math.abs(v - 0.48) < 0.01) return [150, 70, 70];
        const light = 1 - 1.6 * side;
        return [224 * light, 172 * light, 140 * light];
    }
    if (v < 0.56 || side > 0.13 + 0.24 * Math.min(1, (v - 0.52) / 0.22)) return undefined;
    return side < 0.06 && v < 0.62 ? [205, 155, 125] : [40, 60, 110];
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
