/** Cameras and microphones: opening them with errors that people understand, listing them, and metering sound. */

export type DeviceErrorKind = 'denied' | 'missing' | 'busy' | 'insecure' | 'unknown';

/** Why a camera, microphone or screen could not be had, in a sentence to show as it is. */
export class DeviceError extends Error {
    override readonly name = 'DeviceError';

    constructor(
        readonly kind: DeviceErrorKind,
        message: string,
        options?: ErrorOptions,
    ) {
        super(message, options);
    }
}

export type DeviceType = 'camera' | 'microphone' | 'screen';

export interface CameraOptions {
    readonly deviceId?: string;
    /** Default 1280 × 720 at 30 frames a second, or the nearest the camera has. */
    readonly width?: number;
    readonly height?: number;
    readonly frameRate?: number;
}

export interface MicrophoneOptions {
    readonly deviceId?: string;
    /** Echo cancellation, noise suppression and automatic gain. Default: {@link audioProcessing}. */
    readonly processing?: boolean;
}

/** The key in localStorage that turns the browser's audio processing off for this browser, with the value `off`. */
export const AUDIO_PROCESSING_KEY = 'parley.audioProcessing';

/** Whether the browser's audio processing is wanted: yes, unless localStorage says `off` (for music, and for measuring). */
export function audioProcessing(): boolean {
    try {
        return globalThis.localStorage?.getItem(AUDIO_PROCESSING_KEY) !== 'off';
    } catch {
        return true; // Storage is forbidden: the default holds.
    }
}

/** @throws DeviceError */
export async function openCamera(options: CameraOptions = {}): Promise<MediaStreamTrack> {
    return open('camera', { video: cameraConstraints(options) }, (stream) => stream.getVideoTracks());
}

function cameraConstraints(options: CameraOptions): MediaTrackConstraints {
    return {
        width: { ideal: options.width ?? 1280 },
        height: { ideal: options.height ?? 720 },
        frameRate: { ideal: options.frameRate ?? 30 },
        ...(options.deviceId === undefined ? {} : { deviceId: { exact: options.deviceId } }),
    };
}

/** @throws DeviceError */
export async function openMicrophone(options: MicrophoneOptions = {}): Promise<MediaStreamTrack> {
    return open('microphone', { audio: microphoneConstraints(options) }, (stream) => stream.getAudioTracks());
}

function microphoneConstraints(options: MicrophoneOptions): MediaTrackConstraints {
    const processing = options.processing ?? audioProcessing();
    return {
        echoCancellation: processing,
        noiseSuppression: processing,
        autoGainControl: processing,
        ...(options.deviceId === undefined ? {} : { deviceId: { exact: options.deviceId } }),
    };
}

/**
 * Opens both with one question to the person instead of two. Where they cannot be had together, each is opened on its own, so that
 * one that is missing does not keep the other away. Each promise rejects as {@link openCamera} and {@link openMicrophone} do.
 */
export function openCameraAndMicrophone(
    camera: CameraOptions = {},
    microphone: MicrophoneOptions = {},
): { camera: Promise<MediaStreamTrack>; microphone: Promise<MediaStreamTrack> } {
    const both = openBoth({ video: cameraConstraints(camera), audio: microphoneConstraints(microphone) });
    return {
        camera: both.then((tracks) => tracks?.video ?? openCamera(camera)),
        microphone: both.then((tracks) => tracks?.audio ?? openMicrophone(microphone)),
    };
}

async function openBoth(
    constraints: MediaStreamConstraints,
): Promise<{ video: MediaStreamTrack | undefined; audio: MediaStreamTrack | undefined } | undefined> {
    try {
        const stream = await mediaDevices('camera').getUserMedia(constraints);
        return { video: stream.getVideoTracks()[0], audio: stream.getAudioTracks()[0] };
    } catch {
        return undefined; // Why is told by opening each on its own.
    }
}

async function open(
    type: 'camera' | 'microphone',
    constraints: MediaStreamConstraints,
    tracksOf: (stream: MediaStream) => MediaStreamTrack[],
): Promise<MediaStreamTrack> {
    const devices = mediaDevices(type);
    try {
        const track = tracksOf(await devices.getUserMedia(constraints))[0];
        if (!track) throw new DOMException('no track', 'NotFoundError');
        return track;
    } catch (error) {
        throw deviceError(type, error);
    }
}

/** @throws DeviceError of kind `insecure` where the browser hides its media devices: on pages without HTTPS */
export function mediaDevices(type: DeviceType): MediaDevices {
    const devices = globalThis.navigator?.mediaDevices as MediaDevices | undefined;
    if (!devices) throw new DeviceError('insecure', sentence(type, 'insecure'));
    return devices;
}

/** What getUserMedia or getDisplayMedia threw, as a DeviceError. */
export function deviceError(type: DeviceType, cause: unknown): DeviceError {
    if (cause instanceof DeviceError) return cause;
    const kind = kindOf(cause);
    return new DeviceError(kind, sentence(type, kind), { cause });
}

function kindOf(cause: unknown): DeviceErrorKind {
    switch ((cause as { name?: unknown } | null)?.name) {
        case 'NotAllowedError':
        case 'PermissionDeniedError':
            return 'denied';
        case 'NotFoundError':
        case 'DevicesNotFoundError':
        case 'OverconstrainedError':
            return 'missing';
        case 'NotReadableError':
        case 'TrackStartError':
        case 'AbortError':
            return 'busy';
        case 'SecurityError':
            return 'insecure';
        default:
            return 'unknown';
    }
}

function sentence(type: DeviceType, kind: DeviceErrorKind): string {
    const the = type === 'screen' ? 'the screen' : `the ${type}`;
    switch (kind) {
        case 'denied':
            return type === 'screen'
                ? 'The screen was not shared: the browser was not allowed to, or you cancelled.'
                : `The browser may not use ${the}. Allow it in the browser's address bar or settings, then try again.`;
        case 'missing':
            return type === 'screen' ? 'There is no screen to share.' : `No ${type} was found. Connect one, then try again.`;
        case 'busy':
            return `Another program is using ${the}. Close it there, then try again.`;
        case 'insecure':
            return `Browsers give ${the} only to pages opened over HTTPS. Open this page with https:// in its address.`;
        case 'unknown':
            return `The browser could not open ${the}. Reload the page or try another browser.`;
    }
}

export interface DeviceInfo {
    readonly id: string;
    /** Empty until the user has once allowed a device of that kind. */
    readonly label: string;
}

export interface DeviceList {
    readonly cameras: readonly DeviceInfo[];
    readonly microphones: readonly DeviceInfo[];
    readonly speakers: readonly DeviceInfo[];
}

/** The devices there are; empty lists where the browser hides them. */
export async function listDevices(): Promise<DeviceList> {
    const all = (await globalThis.navigator?.mediaDevices?.enumerateDevices()) ?? [];
    const of = (kind: MediaDeviceKind): DeviceInfo[] =>
        all.filter((device) => device.kind === kind).map((device) => ({ id: device.deviceId, label: device.label }));
    return { cameras: of('videoinput'), microphones: of('audioinput'), speakers: of('audiooutput') };
}

export interface LevelMeter {
    /** The loudness of the last 20–50 milliseconds, 0 (silence) to 1 (full scale), on a scale that looks even to the eye. */
    level(): number;
    stop(): void;
}

/** Measures a microphone's loudness, e.g. for a bar that moves. The track goes on when the meter stops. */
export function levelMeter(track: MediaStreamTrack): LevelMeter {
    const context = new AudioContext();
    const source = context.createMediaStreamSource(new MediaStream([track]));
    const analyser = context.createAnalyser();
    analyser.fftSize = 1024;
    source.connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    return {
        level() {
            if (context.state === 'suspended') void context.resume();
            analyser.getFloatTimeDomainData(samples);
            return loudness(samples);
        },
        stop() {
            source.disconnect();
            void context.close();
        },
    };
}

/** Root mean square in decibels, −60 … 0 dBFS mapped to 0 … 1. */
export function loudness(samples: Float32Array): number {
    let sum = 0;
    for (const sample of samples) sum += sample * sample;
    const decibels = 10 * Math.log10(sum / samples.length);
    return Math.min(1, Math.max(0, (decibels + 60) / 60));
}
