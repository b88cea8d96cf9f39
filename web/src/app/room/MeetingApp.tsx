import { useCallback, useEffect, useState } from 'react';
import type { CloseReason } from '../../sdk';
import { openCamera, openMicrophone } from '../../sdk/devices';
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

    const inLobby = step.at === 'lobby';
    useOpenIn(inLobby, microphone);
    useOpenIn(inLobby, camera);

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

/** Asks for a device that is wanted as soon as the page is there. */
function useOpenIn(lobby: boolean, device: Device): void {
    const { on, turn } = device;
    useEffect(() => {
        if (lobby && on) {
            turn(true);
        }
        // Only on arriving: later the person decides.
    }, [lobby]);
}
