import { deviceError, mediaDevices } from './devices';

export interface CapturedScreen {
    readonly video: MediaStreamTrack;
    /** The screen's sound, where the browser gives it and the person ticked it. */
    readonly audio?: MediaStreamTrack;
}

/** Options that browsers know and TypeScript's DOM library does not yet. */
interface ScreenOptions extends DisplayMediaStreamOptions {
    selfBrowserSurface?: 'include' | 'exclude';
    surfaceSwitching?: 'include' | 'exclude';
    systemAudio?: 'include' | 'exclude';
}

/**
 * Lets the person choose a screen, window or tab. Must be called from a click or key press.
 *
 * @throws DeviceError
 */
export async function captureScreen(): Promise<CapturedScreen> {
    const devices = mediaDevices('screen');
    const options: ScreenOptions = {
        video: { frameRate: { ideal: 15, max: 30 } },
        // The sound as it is: processing is made for voices.
        audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
        selfBrowserSurface: 'exclude',
        surfaceSwitching: 'include',
        systemAudio: 'include',
    };
    try {
        const stream = await devices.getDisplayMedia(options);
        const video = stream.getVideoTracks()[0];
        const audio = stream.getAudioTracks()[0];
        if (!video) throw new DOMException('no picture', 'NotFoundError');
        // Text must stay readable: rather fewer frames than less sharp ones.
        video.contentHint = 'detail';
        return audio ? { video, audio } : { video };
    } catch (error) {
        throw deviceError('screen', error);
    }
}
