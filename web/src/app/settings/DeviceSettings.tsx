import { useT } from '../i18n';
import type { Devices } from '../media/devices';
import { useDeviceList } from '../media/useDeviceList';
import { CameraSettings } from './CameraSettings';
import { MicrophoneSettings } from './MicrophoneSettings';
import { SpeakerSettings } from './SpeakerSettings';

/** Microphone, loudspeaker and camera: choosing, trying out, and how they behave. What is changed holds at once. */
export default function DeviceSettings({ camera, microphone, speaker, pushToTalk }: Devices) {
    const t = useT();
    const { cameras, microphones } = useDeviceList(camera.track ?? microphone.track);
    return (
        <section className="settings settings--devices" aria-labelledby="settings-devices" data-testid="device-settings">
            <h3 className="settings__title" id="settings-devices">{t('sound.devices')}</h3>
            <MicrophoneSettings microphone={microphone} choices={microphones} speakerId={speaker.id} pushToTalk={pushToTalk} />
            <SpeakerSettings speaker={speaker} />
            <CameraSettings camera={camera} choices={cameras} />
        </section>
    );
}
