import type { ReactNode } from 'react';
import { useT } from '../i18n';
import type { Camera } from '../media/useBlur';
import type { Device } from '../media/useDevice';
import { useLevel } from '../media/useLevel';
import { Avatar } from '../ui/Avatar';
import { BlurIcon, CameraIcon, CameraOffIcon, MicIcon, MicOffIcon } from '../ui/icons';
import { VideoView } from '../ui/VideoView';

interface Props {
    readonly name: string;
    readonly camera: Camera;
    readonly microphone: Device;
}

/** How one will look and sound, with the two switches. */
export function Preview({ name, camera, microphone }: Props) {
    const t = useT();
    const listening = microphone.on ? microphone.track : undefined;
    const meter = useLevel<HTMLDivElement>(listening);

    return (
        <div className="preview" data-testid="preview">
            {camera.picture !== undefined
                ? <VideoView track={camera.picture} mirrored />
                : (
                    <div className="preview__empty">
                        {name.trim() !== '' && <Avatar name={name} />}
                        <span>{t(camera.opening || camera.track !== undefined ? 'lobby.cameraStarting' : 'lobby.cameraOff')}</span>
                    </div>
                )}
            <div className="preview__controls">
                <Switch device={microphone} label={t('common.microphone')} onIcon={<MicIcon />} offIcon={<MicOffIcon />} />
                <Switch device={camera} label={t('common.camera')} onIcon={<CameraIcon />} offIcon={<CameraOffIcon />} />
            </div>
            {camera.track !== undefined && camera.blur.offered && <Blur {...camera.blur} />}
            <div className={listening === undefined ? 'meter meter--off' : 'meter'} ref={meter} data-testid="mic-level"
                role="img" aria-label={t(listening === undefined ? 'lobby.levelOff' : 'lobby.level')}>
                <span className="meter__bar" /><span className="meter__bar" /><span className="meter__bar" />
            </div>
        </div>
    );
}

function Blur({ on, turn }: Camera['blur']) {
    const t = useT();
    return (
        <button type="button" className={on ? 'switch switch--corner switch--chosen' : 'switch switch--corner'} aria-pressed={on}
            aria-label={t('sound.blur')} title={t('sound.blur')} data-testid="blur-button" onClick={() => turn(!on)}>
            <BlurIcon />
        </button>
    );
}

interface SwitchProps {
    readonly device: Device;
    readonly label: string;
    readonly onIcon: ReactNode;
    readonly offIcon: ReactNode;
}

function Switch({ device, label, onIcon, offIcon }: SwitchProps) {
    const t = useT();
    const action = device.kind === 'camera'
        ? t(device.on ? 'room.cameraOff' : 'room.cameraOn')
        : t(device.on ? 'room.microphoneOff' : 'room.microphoneOn');
    return (
        <button type="button" className={device.on ? 'switch' : 'switch switch--off'} aria-pressed={device.on}
            aria-label={label} aria-busy={device.opening} data-testid={device.kind === 'camera' ? 'camera-button' : 'mic-button'}
            title={action} onClick={() => device.turn(!device.on)}>
            {device.opening ? <span className="spinner" aria-hidden="true" /> : device.on ? onIcon : offIcon}
        </button>
    );
}
