/** Cameras and microphones: opening them with errors that people understand, listing them, and following what is plugged in. */

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

/** What the browser does to a microphone's sound before it is sent. */
export interface AudioProcessing {
    readonly echoCancellation: boolean;
    readonly noiseSuppression: boolean;
    readonly autoGainControl: boolean;
}

export interface MicrophoneOptions {
    readonly deviceId?: string;
    /** All of it, none of it, or each as it says. Default: {@link audioProcessing}. */
    readonly processing?: boolean | Partial<AudioProcessing>;
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
    const { processing = audioProcessing() } = options;
    const all = typeof processing === 'boolean' ? processing : audioProcessing();
    return {
        echoCancellation: all,
        noiseSuppression: all,
        autoGainControl: all,
        ...(typeof processing === 'boolean' ? {} : processing),
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

/** Calls the listener with the devices now and whenever one comes or goes; returns the way to stop it. */
export function watchDevices(listener: (devices: DeviceList) => void): () => void {
    const source = globalThis.navigator?.mediaDevices as MediaDevices | undefined;
    let reading = 0;
    let stopped = false;
    const read = (): void => {
        const mine = ++reading;
        listDevices().then((list) => { if (!stopped && mine === reading) listener(list); }, () => undefined);
    };
    read();
    source?.addEventListener('devicechange', read);
    return () => {
        stopped = true;
        source?.removeEventListener('devicechange', read);
    };
}

/**
 * Changes the processing of an open microphone. False where the browser cannot do that to a device in use: then it has to be
 * opened anew.
 */
export async function setProcessing(track: MediaStreamTrack, processing: AudioProcessing): Promise<boolean> {
    try {
        const { deviceId } = track.getConstraints();
        await track.applyConstraints({ ...(deviceId !== undefined && { deviceId }), ...processing });
    } catch {
        return false;
    }
    const settings = track.getSettings();
    return settings.echoCancellation === processing.echoCancellation
        && settings.noiseSuppression === processing.noiseSuppression
        && settings.autoGainControl === processing.autoGainControl;
}

/** Not in every list of known constraints yet; see the W3C's Media Capture and Streams Extensions. */
interface Blurring {
    readonly backgroundBlur?: boolean | readonly boolean[];
}

/** Whether the camera can blur the background by itself: systems do that on chips made for it, at no cost of frames. */
export function canBlur(track: MediaStreamTrack): boolean {
    const { backgroundBlur } = (track.getCapabilities?.() ?? {}) as Blurring;
    return Array.isArray(backgroundBlur) && backgroundBlur.includes(true) && backgroundBlur.includes(false);
}

/** Whether it does now: the person may also have turned it on in the system. */
export function isBlurred(track: MediaStreamTrack): boolean {
    return (track.getSettings?.() as Blurring | undefined)?.backgroundBlur === true;
}

/** Turns it on or off; whether it is as wanted afterwards. */
export async function setBlur(track: MediaStreamTrack, blurred: boolean): Promise<boolean> {
    try {
        await track.applyConstraints({ ...track.getConstraints(), backgroundBlur: blurred } as MediaTrackConstraints);
    } catch {
        return false;
    }
    return isBlurred(track) === blurred;
}
