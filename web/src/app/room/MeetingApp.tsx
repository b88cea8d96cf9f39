import { useCallback, useEffect, useRef, useState } from 'react';
import type { CloseReason } from '../../sdk';
import { openCamera, openCameraAndMicrophone, openMicrophone } from '../../sdk/devices';
import type { MeetingHandle } from '../lib/meetingHandle';
import { errorText } from '../lib/errorText';
import { meetingPath } from '../lib/invitation';
import { preferences, roomCodes } from '../lib/storage';
import { Lobby } from '../lobby/Lobby';
import type { Entry } from '../lobby/JoinCard';
import { useDevice, type Device } from '../media/useDevice';
import { LeftPage } from './LeftPage';
import { Room } from './Room';

type Step =
    | { readonly at: 'lobby'; readonly joining: boolean; readonly error?: string }
    | { readonly at: 'room'; readonly meeting: MeetingHandle }
    | { readonly at: 'left'; readonly reason: CloseReason };

interface Props {
    readonly roomId: string;
    readonly join: (entry: Entry) => Promise<MeetingHandle>;
}

/** From the page before joining, through the meeting, to the page after it. */
export function MeetingApp({ roomId, join }: Props) {
    const [step, setStep] = useState<Step>({ at: 'lobby', joining: false });
    const [entry, setEntry] = useState<Entry>(() => ({ name: preferences.name(), code: roomCodes.of(roomId) ?? '' }));
    const camera = useDevice('camera', openCamera);
    const microphone = useDevice('microphone', openMicrophone);

    useDevicesIn(step.at === 'lobby', camera, microphone);

    const submit = (given: Entry) => {
        setEntry(given);
        preferences.rememberName(given.name);
        setStep({ at: 'lobby', joining: true });
        join(given).then(
            (meeting) => {
                roomCodes.remember(roomId, given.code);
                setStep({ at: 'room', meeting });
            },
            (error: unknown) => setStep({ at: 'lobby', joining: false, error: errorText(error) }),
        );
    };

    const { release: releaseCamera } = camera;
    const { release: releaseMicrophone } = microphone;
    const closed = useCallback((reason: CloseReason) => {
        releaseCamera();
        releaseMicrophone();
        setStep({ at: 'left', reason });
    }, [releaseCamera, releaseMicrophone]);

    switch (step.at) {
        case 'lobby':
            return <Lobby initial={entry} camera={camera} microphone={microphone} joining={step.joining} error={step.error}
                onJoin={submit} />;
        case 'room':
            return <Room meeting={step.meeting} link={window.location.origin + meetingPath(roomId)} code={entry.code}
                camera={camera} microphone={microphone} onClosed={closed} />;
        case 'left':
            return <LeftPage reason={step.reason} onRejoin={() => setStep({ at: 'lobby', joining: false })} />;
    }
}

/** Asks for what is wanted as soon as the page is there; later the person decides. */
function useDevicesIn(lobby: boolean, camera: Device, microphone: Device): void {
    const current = useRef({ camera, microphone });
    useEffect(() => {
        current.current = { camera, microphone };
    });

    useEffect(() => {
        const { camera, microphone } = current.current;
        if (lobby && camera.on && microphone.on) {
            const opened = openCameraAndMicrophone(deviceOf(camera), deviceOf(microphone));
            microphone.turn(true, opened.microphone);
            camera.turn(true, opened.camera);
        } else if (lobby) {
            [microphone, camera].filter((device) => device.on).forEach((device) => device.turn(true));
        }
    }, [lobby]);
}

function deviceOf({ deviceId }: Device): { readonly deviceId?: string } {
    return deviceId === undefined ? {} : { deviceId };
}
