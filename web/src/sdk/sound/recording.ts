import { audioContext, resumeAudio } from './context';
import { canChooseSpeaker } from '../engine';

/** A sound being played, or recorded. */
export interface Running<T> {
    /** Resolves at the end, also when it was stopped. */
    readonly done: Promise<T>;
    stop(): void;
}

/** Records a microphone for a few seconds, as the others would hear it. Fails where the browser cannot record. */
export function recordSound(track: MediaStreamTrack, milliseconds: number): Running<AudioBuffer> {
    const recorder = new MediaRecorder(new MediaStream([track]));
    const parts: Blob[] = [];
    recorder.addEventListener('dataavailable', ({ data }) => parts.push(data));
    const stopped = new Promise<void>((resolve, reject) => {
        recorder.addEventListener('stop', () => resolve());
        recorder.addEventListener('error', () => reject(new Error('The browser could not record the microphone.')));
    });
    recorder.start();
    const timer = setTimeout(stop, milliseconds);
    function stop(): void {
        clearTimeout(timer);
        if (recorder.state !== 'inactive') recorder.stop();
    }
    return { done: stopped.then(async () => audioContext().decodeAudioData(await new Blob(parts).arrayBuffer())), stop };
}

/** Plays a recording through that loudspeaker; from a click only. */
export function playSound(sound: AudioBuffer, speakerId = ''): Running<void> {
    const source = audioContext().createBufferSource();
    source.buffer = sound;
    return playSource(source, speakerId);
}

/** Two friendly notes to find out which loudspeaker is which; from a click only. */
export function playTestTone(speakerId = ''): Running<void> {
    const context = audioContext();
    const sound = context.createBuffer(1, context.sampleRate, context.sampleRate);
    const samples = sound.getChannelData(0);
    for (const [start, hertz] of [[0, 523.25], [0.28, 783.99]] as const) {
        for (let i = Math.round(start * sound.sampleRate); i < samples.length; i++) {
            const t = i / sound.sampleRate - start;
            samples[i]! += 0.25 * Math.min(1, t / 0.02) * Math.exp(-5 * t) * Math.sin(2 * Math.PI * hertz * t);
        }
    }
    return playSound(sound, speakerId);
}

/** Through an element, because only elements can choose their loudspeaker everywhere. */
function playSource(source: AudioBufferSourceNode, speakerId: string): Running<void> {
    resumeAudio();
    const output = audioContext().createMediaStreamDestination();
    source.connect(output);
    const element = document.createElement('audio');
    element.srcObject = output.stream;
    const done = new Promise<void>((resolve) => source.addEventListener('ended', () => resolve())).finally(() => {
        source.disconnect();
        element.srcObject = null;
    });
    const started = (async () => {
        // A loudspeaker that is gone: the system's own.
        if (canChooseSpeaker()) await element.setSinkId(speakerId).catch(() => undefined);
        await element.play();
        source.start();
    })();
    return { done: started.then(() => done), stop: () => void started.then(() => source.stop()).catch(() => undefined) };
}
