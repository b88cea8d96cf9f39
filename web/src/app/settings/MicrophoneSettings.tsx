import { useState } from 'react';
import { useT } from '../i18n';
import { setProcessing, type AudioProcessing } from '../../sdk/devices';
import type { DeviceInfo } from '../../sdk';
import { preferences } from '../lib/storage';
import { PROCESSING, wantedProcessing } from '../media/openDevices';
import type { Device } from '../media/useDevice';
import { useLevel } from '../media/useLevel';
import type { PushToTalkSwitch } from '../media/usePushToTalk';
import { deviceOptions } from './deviceOptions';
import { MicrophoneTest } from './MicrophoneTest';
import { SettingSelect } from './SettingSelect';
import { SettingSwitch } from './SettingSwitch';
import { useTestTrack } from './useTestTrack';

interface Props {
    readonly microphone: Device;
    readonly choices: readonly DeviceInfo[];
    readonly speakerId: string;
    readonly pushToTalk: PushToTalkSwitch;
}

const TEST_IDS = { noiseSuppression: 'noise-suppression', echoCancellation: 'echo-cancellation', autoGainControl: 'auto-gain' } as const;

/** Which microphone, how it sounds, and how its sound is treated. */
export function MicrophoneSettings({ microphone, choices, speakerId, pushToTalk }: Props) {
    const t = useT();
    const track = useTestTrack(microphone);
    const meter = useLevel<HTMLDivElement>(track);
    const [processing, change] = useProcessing(microphone);
    const used = microphone.track?.getSettings().deviceId ?? microphone.deviceId ?? '';
    return (
        <>
            <SettingSelect label={t('common.microphone')} testId="microphone-select" value={used}
                options={deviceOptions(choices, used, t('lobby.standardMicrophone'))} onChange={microphone.choose} />
            <div className="level" ref={meter} role="img" aria-label={t('lobby.level')} data-testid="settings-level" />
            <MicrophoneTest track={track} speakerId={speakerId} />
            {PROCESSING.map((key) => (
                <SettingSwitch key={key} testId={TEST_IDS[key]} label={t(`sound.${key}`)} hint={t(`sound.${key}Hint`)} on={processing[key]}
                    onChange={(on) => change(key, on)} />
            ))}
            <SettingSwitch testId="push-to-talk" label={t('sound.pushToTalk')} hint={t('sound.pushToTalkHint')} on={pushToTalk.on}
                onChange={pushToTalk.turn} />
        </>
    );
}

/** Remembers each switch, and changes the microphone in use: as it runs where the browser can, else by opening it anew. */
function useProcessing({ track, reopen }: Device): [AudioProcessing, (key: keyof AudioProcessing, on: boolean) => void] {
    const [processing, setWanted] = useState(wantedProcessing);
    const change = (key: keyof AudioProcessing, on: boolean) => {
        preferences.rememberDevice(key, on ? 'on' : 'off');
        const wanted = wantedProcessing();
        setWanted(wanted);
        if (track !== undefined) {
            void setProcessing(track, wanted).then((done) => done || reopen());
        }
    };
    return [processing, change];
}
