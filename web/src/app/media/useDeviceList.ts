import { useEffect, useState } from 'react';
import { listDevices, type DeviceList } from '../../sdk/devices';

const NONE: DeviceList = { cameras: [], microphones: [], speakers: [] };

/** The devices there are, read anew when one is plugged in and when `key` changes (names appear once access was given). */
export function useDeviceList(key: unknown): DeviceList {
    const [devices, setDevices] = useState<DeviceList>(NONE);

    useEffect(() => {
        let current = true;
        const read = () => void listDevices().then(
            (list) => { if (current) setDevices(list); },
            () => undefined,
        );
        read();
        const source = navigator.mediaDevices as MediaDevices | undefined;
        source?.addEventListener('devicechange', read);
        return () => {
            current = false;
            source?.removeEventListener('devicechange', read);
        };
    }, [key]);
    return devices;
}
