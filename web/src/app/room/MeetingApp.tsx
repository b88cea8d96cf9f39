import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import type { CloseReason } from '../../sdk';
import type { MeetingHandle } from '../lib/meetingHandle';
import { joinError, type JoinError } from '../lib/errorText';
import { meetingPath } from '../lib/invitation';
import { hostTokens, preferences, roomCodes } from '../lib/storage';
import { Lobby } from '../lobby/Lobby';
import type { Entry } from '../lobby/JoinCard';
import { DevicesContext } from '../media/devices';
import { PlayedMeeting } from '../media/meetingSound';
import { openWantedCamera, openWantedCameraAndMicrophone, openWantedMicrophone } from '../media/openDevices';
import { useBlur } from '../media/useBlur';
import { useDevice, type Device } from '../media/useDevice';
import { Returning } from '../lobby/Returning';
import { usePushToTalkSwitch } from '../media/usePushToTalk';
import { useSpeaker } from '../media/useSpeaker';
import { LeftPage } from './LeftPage';
import { Room } from './Room';

type Step =
    | { readonly at: 'lobby'; readonly joining: boolean; readonly waiting?: boolean; readonly error?: JoinError }
    | { readonly at: 'returning' }
    | { readonly at: 'room'; readonly meeting: MeetingHandle }
    | { readonly at: 'left'; readonly reason: CloseReason };

interface Props {
    readonly roomId: string;
    /** Where the server is, if not where the page is. */
    readonly server?: string;
    /** What is known of the person and the code already. */
    readonly initial?: Partial<Entry>;
    /** Joins with that at once. */
    readonly autojoin?: boolean;
    readonly join: (entry: Entry, options: { onWaiting: () => void; signal: AbortSignal }) => Promise<MeetingHandle>;
    /** The place that this tab had before it was reloaded. */
    readonly comeBack?: () => Promise<{ readonly meeting: MeetingHandle } | undefined>;
}

/** From the page before joining, through the meeting, to the page after it. */
export function MeetingApp({ roomId, server = window.location.origin, initial, autojoin = false, join, comeBack }: Props) {
    const [step, setStep] = useState<Step>(comeBack !== undefined && mayHaveSeat() ? { at: 'returning' } : { at: 'lobby', joining: false });
    const waiting = useRef<AbortController>(undefined);
    const [entry, setEntry] = useState<Entry>(() => ({ name: preferences.name(), code: roomCodes.of(roomId) ?? '',
        hostToken: hostTokens.of(roomId), ...initial }));
    const camera = useBlur(useDevice('camera', openWantedCamera));
    const microphone = useDevice('microphone', openWantedMicrophone);
    const speaker = useSpeaker();
    const pushToTalk = usePushToTalkSwitch();
    const devices = useMemo(() => ({ camera, microphone, speaker, pushToTalk }), [camera, microphone, speaker, pushToTalk]);

    useDevicesIn(step.at === 'lobby' || step.at === 'returning', camera, microphone);

    const submit = (given: Entry) => {
        setEntry(given);
        preferences.rememberName(given.name);
        setStep({ at: 'lobby', joining: true });
        const abort = new AbortController();
        waiting.current = abort;
        const onWaiting = () => setStep({ at: 'lobby', joining: true, waiting: true });
        join(given, { onWaiting, signal: abort.signal }).then(
            (meeting) => {
                if (given.code !== '') {
                    roomCodes.remember(roomId, given.code);
                }
                setStep({ at: 'room', meeting });
            },
            (error: unknown) => setStep({ at: 'lobby', joining: false,
                ...(!abort.signal.aborted && { error: joinError(error) }) }),
        );
    };

    useOnce(autojoin && entry.name !== '', () => submit(entry));
    useReturn(comeBack, step.at === 'returning', setStep);

    const { release: releaseCamera } = camera;
    const { release: releaseMicrophone } = microphone;
    const closed = useCallback((reason: CloseReason) => {
        releaseCamera();
        releaseMicrophone();
        setStep({ at: 'left', reason });
    }, [releaseCamera, releaseMicrophone]);

    return <DevicesContext value={devices}>{page()}</DevicesContext>;

    function page(): ReactNode {
        switch (step.at) {
            case 'lobby':
                return <Lobby initial={entry} camera={camera} microphone={microphone} joining={step.joining}
                    waiting={step.waiting ?? false} error={step.error} server={server} onJoin={submit} onCancel={() => waiting.current?.abort()} />;
            case 'returning':
                return <Returning />;
            case 'room':
                return (
                    <PlayedMeeting meeting={step.meeting}>
                        <Room meeting={step.meeting} link={server + meetingPath(roomId)} code={entry.code}
                            camera={camera} microphone={microphone} onClosed={closed} />
                    </PlayedMeeting>
                );
            case 'left':
                return <LeftPage reason={step.reason} onRejoin={() => setStep({ at: 'lobby', joining: false })} />;
        }
    }
}

/** A page that was opened anew never has one; asking would only delay it. */
function mayHaveSeat(): boolean {
    const [navigation] = performance.getEntriesByType?.('navigation') ?? [];
    return navigation !== undefined && (navigation as PerformanceNavigationTiming).type !== 'navigate';
}

function useOnce(wanted: boolean, action: () => void): void {
    const done = useRef(false);
    useEffect(() => {
        if (wanted && !done.current) {
            done.current = true;
            action();
        }
    });
}

function useReturn(comeBack: Props['comeBack'], returning: boolean, setStep: (step: Step) => void): void {
    const begun = useRef(false);
    useEffect(() => {
        if (comeBack !== undefined && returning && !begun.current) {
            begun.current = true;
            comeBack().then(
                (returned) => setStep(returned === undefined ? { at: 'lobby', joining: false } : { at: 'room', meeting: returned.meeting }),
                (error: unknown) => setStep({ at: 'lobby', joining: false, error: joinError(error) }),
            );
        }
    }, [comeBack, returning, setStep]);
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
            const opened = openWantedCameraAndMicrophone(deviceOf(camera), deviceOf(microphone));
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
