import { useId, type ReactNode } from 'react';
import { useT } from '../i18n';
import type { DeviceInfo } from '../../sdk';
import type { Device } from '../media/useDevice';

interface Props {
    readonly label: string;
    readonly icon: ReactNode;
    readonly device: Device;
    readonly choices: readonly DeviceInfo[];
}

/** Which camera or microphone; nothing to see where there is no choice or the browser does not name them. */
export function DevicePicker({ label, icon, device, choices }: Props) {
    const t = useT();
    const id = useId();
    const named = choices.filter((choice) => choice.id !== '' && choice.label !== '');
    if (named.length === 0) {
        return null;
    }
    const used = device.track?.getSettings().deviceId ?? device.deviceId ?? '';
    return (
        <div className="picker">
            <label htmlFor={id} className="picker__icon" title={label}>
                {icon}<span className="visually-hidden">{label}</span>
            </label>
            <select id={id} className="picker__select" value={used} onChange={(event) => device.choose(event.target.value)}>
                {!named.some((choice) => choice.id === used) && (
                    <option value={used}>{t(device.kind === 'camera' ? 'lobby.standardCamera' : 'lobby.standardMicrophone')}</option>
                )}
                {named.map((choice) => <option key={choice.id} value={choice.id}>{choice.label}</option>)}
            </select>
        </div>
    );
}
