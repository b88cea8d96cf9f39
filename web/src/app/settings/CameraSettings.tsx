import { useState } from 'react';
import { useT } from '../i18n';
import { canBlur, isBlurred, setBlur } from '../../sdk/devices';
import type { DeviceInfo } from '../../sdk';
import { preferences } from '../lib/storage';
import type { Device } from '../media/useDevice';
import { VideoView } from '../ui/VideoView';
import { deviceOptions } from './deviceOptions';
import { SettingSelect } from './SettingSelect';
import { SettingSwitch } from './SettingSwitch';

/** Which camera, its picture, and the blur of those that can. */
export function CameraSettings({ camera, choices }: { readonly camera: Device; readonly choices: readonly DeviceInfo[] }) {
    const t = useT();
    const { track } = camera;
    const used = track?.getSettings().deviceId ?? camera.deviceId ?? '';
    return (
        <>
            <SettingSelect label={t('common.camera')} testId="camera-select" value={used}
                options={deviceOptions(choices, used, t('lobby.standardCamera'))} onChange={camera.choose} />
            <div className="picture" data-testid="settings-picture">
                {track === undefined
                    ? <span>{camera.opening ? t('lobby.cameraStarting') : t('lobby.cameraOff')}</span>
                    : <VideoView track={track} mirrored />}
            </div>
            {track !== undefined && canBlur(track) && <Blur key={track.id} track={track} />}
        </>
    );
}

function Blur({ track }: { readonly track: MediaStreamTrack }) {
    const t = useT();
    const [on, setOn] = useState(() => isBlurred(track));
    const change = (wanted: boolean) => {
        preferences.rememberDevice('blur', wanted ? 'on' : undefined);
        setOn(wanted);
        void setBlur(track, wanted).then(() => setOn(isBlurred(track)));
    };
    return <SettingSwitch testId="blur" label={t('sound.blur')} hint={t('sound.blurHint')} on={on} onChange={change} />;
}
