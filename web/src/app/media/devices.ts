import { createContext, useContext } from 'react';
import type { Camera } from './useBlur';
import type { Device } from './useDevice';
import type { PushToTalkSwitch } from './usePushToTalk';
import type { Speaker } from './useSpeaker';

/** What one is seen and heard with, and hears with. */
export interface Devices {
    readonly camera: Camera;
    readonly microphone: Device;
    readonly speaker: Speaker;
    readonly pushToTalk: PushToTalkSwitch;
}

/** None on pages without a meeting. */
export const DevicesContext = createContext<Devices | undefined>(undefined);

export function useDevices(): Devices | undefined {
    return useContext(DevicesContext);
}
