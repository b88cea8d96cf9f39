import { audioContext, audioState, resumeAudio } from './context';

export interface LevelMeter {
    /** The loudness of the last 20–50 milliseconds, 0 (silence) to 1 (full scale), on a scale that looks even to the eye. */
    level(): number;
    stop(): void;
}

/** Measures a microphone's loudness, e.g. for a bar that moves. The track goes on when the meter stops. */
export function levelMeter(track: MediaStreamTrack): LevelMeter {
    const { samples, stop } = tap(track);
    return { level: () => loudness(samples()), stop };
}

export interface PeakMeter {
    /** The greatest amplitude since the last call, 0 to 1; undefined when it was not measured all the time. */
    peak(): number | undefined;
    stop(): void;
}

/** Milliseconds; an analyser keeps the last 170 of them at 48 kHz, so that little is missed. */
const LOOK_EVERY = 150;

/** Notes how far a microphone's samples reach, for telling silence from nothing at all. */
export function peakMeter(track: MediaStreamTrack): PeakMeter {
    const { samples, stop } = tap(track, 8192);
    let greatest = 0;
    let measured = false;
    const timer = setInterval(() => {
        measured ||= audioState() === 'running';
        for (const sample of samples()) greatest = Math.max(greatest, Math.abs(sample));
    }, LOOK_EVERY);
    return {
        peak() {
            const result = measured ? greatest : undefined;
            greatest = 0;
            measured = false;
            return result;
        },
        stop() {
            clearInterval(timer);
            stop();
        },
    };
}

function tap(track: MediaStreamTrack, size = 1024): { samples(): Float32Array; stop(): void } {
    const context = audioContext();
    const source = context.createMediaStreamSource(new MediaStream([track]));
    const analyser = context.createAnalyser();
    analyser.fftSize = size;
    source.connect(analyser);
    const samples = new Float32Array(size);
    return {
        samples() {
            if (context.state === 'suspended') resumeAudio();
            analyser.getFloatTimeDomainData(samples);
            return samples;
        },
        stop: () => source.disconnect(),
    };
}

/** Root mean square in decibels, −60 … 0 dBFS mapped to 0 … 1. */
export function loudness(samples: Float32Array): number {
    let sum = 0;
    for (const sample of samples) sum += sample * sample;
    const decibels = 10 * Math.log10(sum / samples.length);
    return Math.min(1, Math.max(0, (decibels + 60) / 60));
}
