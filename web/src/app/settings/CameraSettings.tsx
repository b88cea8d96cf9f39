import { useT } from '../i18n';
import type { DeviceInfo } from '../../sdk';
import type { BlurSwitch, Camera } from '../media/useBlur';
import { VideoView } from '../ui/VideoView';
import { deviceOptions } from './deviceOptions';
import { SettingSelect } from './SettingSelect';
import { SettingSwitch } from './SettingSwitch';

/** Which camera, its picture, and its background. */
export function CameraSettings({ camera, choices }: { readonly camera: Camera; readonly choices: readonly DeviceInfo[] }) {
    const t = useT();
    const { track, picture, blur } = camera;
    const used = track?.getSettings().deviceId ?? camera.deviceId ?? '';
    return (
        <>
            <SettingSelect label={t('common.camera')} testId="camera-select" value={used}
                options={deviceOptions(choices, used, t('lobby.standardCamera'))} onChange={camera.choose} />
            <div className="picture" data-testid="settings-picture">
                {picture === undefined
                    ? <span>{camera.opening || track !== undefined ? t('lobby.cameraStarting') : t('lobby.cameraOff')}</span>
                    : <VideoView track={picture} mirrored />}
            </div>
            {blur.offered && <Blur {...blur} />}
        </>
    );
}

function Blur({ on, bySystem, trouble, turn }: BlurSwitch) {
    const t = useT();
    const hint = trouble === undefined ? t(bySystem ? 'sound.blurHint' : 'sound.blurHere') : t(`sound.blurTrouble.${trouble}`);
    return <SettingSwitch testId="blur" label={t('sound.blur')} hint={hint} on={on} onChange={turn} />;
}
