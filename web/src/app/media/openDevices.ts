import { audioProcessing, canBlur, openCamera, openCameraAndMicrophone, openMicrophone, setBlur, type AudioProcessing } from '../../sdk/devices';
import { preferences } from '../lib/storage';

type Wish = { readonly deviceId?: string };

export const PROCESSING = ['noiseSuppression', 'echoCancellation', 'autoGainControl'] as const satisfies (keyof AudioProcessing)[];

/** How the person wants the microphone's sound to be treated. */
export function wantedProcessing(): AudioProcessing {
    const of = (key: keyof AudioProcessing): boolean => {
        const chosen = preferences.device(key);
        return chosen === undefined ? audioProcessing() : chosen !== 'off';
    };
    return { noiseSuppression: of('noiseSuppression'), echoCancellation: of('echoCancellation'), autoGainControl: of('autoGainControl') };
}

export function wantsBlur(): boolean {
    return preferences.device('blur') === 'on';
}

/** As the SDK's, with what the person chose in the settings. */
export function openWantedMicrophone(wish: Wish): Promise<MediaStreamTrack> {
    return openMicrophone({ ...wish, processing: wantedProcessing() });
}

export async function openWantedCamera(wish: Wish): Promise<MediaStreamTrack> {
    return blurredAsWanted(await openCamera(wish));
}

export function openWantedCameraAndMicrophone(camera: Wish, microphone: Wish): ReturnType<typeof openCameraAndMicrophone> {
    const opened = openCameraAndMicrophone(camera, { ...microphone, processing: wantedProcessing() });
    return { ...opened, camera: opened.camera.then(blurredAsWanted) };
}

async function blurredAsWanted(track: MediaStreamTrack): Promise<MediaStreamTrack> {
    if (wantsBlur() && canBlur(track)) {
        await setBlur(track, true);
    }
    return track;
}
