import { useCallback, useEffect, useRef, useState } from 'react';
import { useT } from '../i18n';
import type { ParticipantView } from '../../sdk';
import { SoundIcon } from '../ui/icons';

/** The sound of everybody else, one element per microphone or shared screen, and one button where the browser wants a click first. */
export function RemoteAudio({ participants }: { readonly participants: readonly ParticipantView[] }) {
    const t = useT();
    const [blocked, setBlocked] = useState(false);
    const container = useRef<HTMLDivElement>(null);
    const onBlocked = useCallback(() => setBlocked(true), []);

    const unlock = () => {
        const elements = [...(container.current?.querySelectorAll('audio') ?? [])];
        void Promise.allSettled(elements.map((element) => element.play()))
            .then((results) => setBlocked(results.some((result) => result.status === 'rejected')));
    };

    return (
        <>
            <div ref={container} hidden>
                {participants.flatMap((participant) => participant.tracks.map((view) => view.kind === 'audio'
                    && view.track !== undefined && (
                    <Sound key={view.id} track={view.track} participantId={participant.id} source={view.source}
                        onBlocked={onBlocked} />
                )))}
            </div>
            {blocked && (
                <button type="button" className="button button--primary unlock" data-testid="tap-to-hear" autoFocus onClick={unlock}>
                    <SoundIcon />{t('room.tapToHear')}
                </button>
            )}
        </>
    );
}

interface SoundProps {
    readonly track: MediaStreamTrack;
    readonly participantId: string;
    readonly source: string;
    readonly onBlocked: () => void;
}

function Sound({ track, participantId, source, onBlocked }: SoundProps) {
    const element = useRef<HTMLAudioElement>(null);

    useEffect(() => {
        const audio = element.current;
        if (audio === null) {
            return undefined;
        }
        audio.srcObject = new MediaStream([track]);
        audio.play().catch((error: unknown) => {
            if (error instanceof DOMException && error.name === 'NotAllowedError') {
                onBlocked();
            }
        });
        return () => {
            audio.srcObject = null;
        };
    }, [track, onBlocked]);
    return <audio ref={element} data-testid="remote-audio" data-participant-id={participantId} data-source={source} />;
}
