import { audioContext } from './context';
import { LOUDEST } from './volumes';

/** Makes a stream louder than it is, up to {@link LOUDEST} times, without the crackle of samples beyond full scale. */
export interface Boost {
    /** The louder sound, to be played by an element: that has a loudspeaker to choose. */
    readonly stream: MediaStream;
    setGain(gain: number): void;
    close(): void;
}

/** In Chromium a remote stream is silent in a graph unless an element (muted, if need be) plays it too. */
export function boost(source: MediaStream): Boost {
    const context = audioContext();
    const input = context.createMediaStreamSource(source);
    const gain = context.createGain();
    const limiter = context.createWaveShaper();
    limiter.curve = softLimit(LOUDEST);
    const output = context.createMediaStreamDestination();
    input.connect(gain).connect(limiter).connect(output);
    return {
        stream: output.stream,
        setGain(value) {
            // The limiter's curve multiplies by the greatest gain, because it only takes what lies within full scale.
            gain.gain.setTargetAtTime(value / LOUDEST, context.currentTime, 0.015);
        },
        close() {
            input.disconnect();
            gain.disconnect();
            limiter.disconnect();
        },
    };
}

/** Up to here the limiter changes nothing. */
const LINEAR = 0.8;

/** The curve of a WaveShaper: `gain` times the input; what comes near full scale is bent towards it instead of cut off. */
export function softLimit(gain: number, points = 4097): Float32Array<ArrayBuffer> {
    const curve = new Float32Array(points);
    for (let i = 0; i < points; i++) {
        const wanted = gain * ((2 * i) / (points - 1) - 1);
        const size = Math.abs(wanted);
        const over = (size - LINEAR) / (1 - LINEAR);
        curve[i] = Math.sign(wanted) * (over <= 0 ? size : LINEAR + (1 - LINEAR) * Math.tanh(over));
    }
    return curve;
}
