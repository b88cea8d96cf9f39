import type { ReactNode } from 'react';
import { useT } from '../i18n';
import type { Device } from '../media/useDevice';
import { CameraIcon, CameraOffIcon, LeaveIcon, MicIcon, MicOffIcon, ScreenIcon, ScreenStopIcon } from '../ui/icons';
import { ControlButton } from './ControlButton';
import type { ScreenShare } from './useScreenShare';

interface Props {
    readonly camera: Device;
    readonly microphone: Device;
    readonly screen: ScreenShare;
    readonly onLeave: () => void;
    /** The buttons of the panels, which belong to the same bar on small screens. */
    readonly children?: ReactNode;
}

/** What one sends, and the way out. */
export function Controls({ camera, microphone, screen, onLeave, children }: Props) {
    const t = useT();
    return (
        <div className="controls" role="group" aria-label={t('room.controls')}>
            <ControlButton label={t('room.mic')} hint={t(microphone.on ? 'room.mute' : 'room.unmute')} shortcut="m" testId="mic-button"
                icon={microphone.on ? <MicIcon /> : <MicOffIcon />} pressed={microphone.on} busy={microphone.opening}
                tone={microphone.on ? 'plain' : 'off'} onClick={() => microphone.turn(!microphone.on)} />
            <ControlButton label={t('room.camera')} hint={t(camera.on ? 'room.cameraOff' : 'room.cameraOn')} shortcut="v"
                testId="camera-button" icon={camera.on ? <CameraIcon /> : <CameraOffIcon />} pressed={camera.on}
                busy={camera.opening} tone={camera.on ? 'plain' : 'off'} onClick={() => camera.turn(!camera.on)} />
            {screen.supported && (
                <ControlButton label={t('room.share')} hint={t(screen.sharing ? 'room.shareStop' : 'room.shareStart')} shortcut="s"
                    testId="share-button" icon={screen.sharing ? <ScreenStopIcon /> : <ScreenIcon />} pressed={screen.sharing}
                    busy={screen.busy} tone={screen.sharing ? 'active' : 'plain'} onClick={screen.toggle} />
            )}
            {children}
            <ControlButton label={t('room.leave')} hint={t('room.leaveHint')} testId="leave-button" icon={<LeaveIcon />} tone="leave"
                onClick={onLeave} />
        </div>
    );
}
