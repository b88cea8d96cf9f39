import { useState } from 'react';
import { useT } from '../i18n';
import type { JoinError } from '../lib/errorText';
import type { Camera } from '../media/useBlur';
import type { Device } from '../media/useDevice';
import { useDeviceList } from '../media/useDeviceList';
import { PageHeader } from '../ui/PageHeader';
import { Main } from '../ui/Main';
import { CameraIcon, MicIcon } from '../ui/icons';
import { DevicePicker } from './DevicePicker';
import { DeviceProblems } from './DeviceProblems';
import { JoinCard, type Entry } from './JoinCard';
import { Preview } from './Preview';

interface Props {
    readonly initial: Entry;
    readonly camera: Camera;
    readonly microphone: Device;
    readonly joining: boolean;
    readonly waiting: boolean;
    readonly error?: JoinError | undefined;
    readonly server: string;
    readonly onJoin: (entry: Entry) => void;
    readonly onCancel: () => void;
}

/** The page before joining. */
export function Lobby({ initial, camera, microphone, joining, waiting, error, server, onJoin, onCancel }: Props) {
    const t = useT();
    const [name, setName] = useState(initial.name);
    const devices = useDeviceList(camera.track ?? microphone.track);
    const news = microphone.news ?? camera.news;
    const { trouble } = camera.blur;

    return (
        <div className="page">
            <PageHeader />
            <Main className="lobby">
                <section className="lobby__preview" aria-label={t('lobby.devices')}>
                    <Preview name={name} camera={camera} microphone={microphone} />
                    <div className="lobby__pickers">
                        <DevicePicker label={t('common.microphone')} icon={<MicIcon size={18} />} device={microphone}
                            choices={devices.microphones} />
                        <DevicePicker label={t('common.camera')} icon={<CameraIcon size={18} />} device={camera}
                            choices={devices.cameras} />
                    </div>
                    <DeviceProblems camera={camera} microphone={microphone} />
                    <p className="lobby__news" role="status" data-testid="lobby-news">
                        {news !== undefined && t(`sound.switched.${news.why}`, { label: news.label })}
                        {trouble !== undefined && ` ${t(`sound.blurTrouble.${trouble}`)}`}
                    </p>
                </section>
                <JoinCard initial={initial} joining={joining} waiting={waiting} error={error} server={server}
                    onName={setName} onJoin={onJoin} onCancel={onCancel} />
            </Main>
        </div>
    );
}
