import { useEffect, useState } from 'react';
import { watchDevices, type DeviceList } from '../../sdk/devices';

const NONE: DeviceList = { cameras: [], microphones: [], speakers: [] };

/** The devices there are, read anew when one is plugged in and when `key` changes (names appear once access was given). */
export function useDeviceList(key: unknown): DeviceList {
    const [devices, setDevices] = useState<DeviceList>(NONE);
    useEffect(() => watchDevices(setDevices), [key]);
    return devices;
}
