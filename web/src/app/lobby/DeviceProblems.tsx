import { deviceTitle } from '../lib/deviceText';
import type { Device } from '../media/useDevice';
import { Notice } from '../ui/Notice';

/** What is wrong with camera and microphone, what to do about it, and that one may come in all the same. */
export function DeviceProblems({ devices }: { readonly devices: readonly Device[] }) {
    if (devices.every((device) => device.error === undefined)) {
        return null;
    }
    return (
        <div className="problems" data-testid="device-error">
            {devices.map((device) => device.error !== undefined && (
                <Notice key={device.kind} title={deviceTitle(device.kind, device.error.kind)}>
                    <span data-kind={device.error.kind} data-device={device.kind}>{device.error.message}</span>
                    <button type="button" className="notice__action" onClick={() => device.turn(true)}>Try again</button>
                </Notice>
            ))}
            <p className="field__hint">You can join without: you will see, hear and read the others.</p>
        </div>
    );
}
