import { useEffect, useLayoutEffect, useState } from 'react';
import type { ParticipantView } from '../../sdk';
import type { MeetingHandle } from '../lib/meetingHandle';

/** Turning pages to and fro, or two people who speak in turn, shall not switch streams each time; milliseconds. */
const LINGER = 2_000;
/** A page that is looked at again at once has lost nothing. */
const HIDDEN_FOR = 5_000;

/**
 * Has the server hold back the pictures that are not on the stage: those of other pages, and all of them while the page itself is out
 * of sight. They come back at once when they are wanted. Sound always flows.
 *
 * @param shown the keys of the tiles that can be seen, or will be in a moment
 * @param elsewhere the key of a tile that can be seen also while the page cannot
 */
export function useReceiving(meeting: MeetingHandle, participants: readonly ParticipantView[], shown: ReadonlySet<string>, elsewhere: string | undefined): void {
    const hidden = useHiddenPage();

    // Before the new stage is drawn, which may take a few frames: the pictures are on their way meanwhile.
    useLayoutEffect(() => {
        const seen = (key: string) => key === elsewhere || (!hidden && shown.has(key));
        const pictures = participants.flatMap(({ id, tracks }) => tracks.filter(({ kind }) => kind === 'video').map((track) => ({
            track,
            wanted: seen(track.source === 'screen' ? `${id}/${track.id}` : `${id}/camera`),
        })));
        for (const { track, wanted } of pictures) {
            if (wanted && !track.receiving) {
                meeting.setReceiving(track.id, true);
            }
        }
        const idle = pictures.filter(({ track, wanted }) => !wanted && track.receiving);
        if (idle.length === 0) {
            return undefined;
        }
        const timer = setTimeout(() => idle.forEach(({ track }) => meeting.setReceiving(track.id, false)), LINGER);
        return () => clearTimeout(timer);
    }, [meeting, videoKey(participants), [...shown].join(' '), elsewhere, hidden]);
}

/** Changes with whatever matters here: snapshots are made anew with every audio level. */
function videoKey(participants: readonly ParticipantView[]): string {
    return participants.flatMap(({ id, tracks }) => tracks.filter(({ kind }) => kind === 'video')
        .map((track) => `${id} ${track.id} ${track.receiving}`)).join('|');
}

/** Whether the page has been out of sight for a while. */
function useHiddenPage(): boolean {
    const [hidden, setHidden] = useState(false);
    useEffect(() => {
        let timer: ReturnType<typeof setTimeout> | undefined;
        const look = () => {
            clearTimeout(timer);
            if (document.visibilityState === 'hidden') {
                timer = setTimeout(() => setHidden(true), HIDDEN_FOR);
            } else {
                setHidden(false);
            }
        };
        look();
        document.addEventListener('visibilitychange', look);
        return () => {
            clearTimeout(timer);
            document.removeEventListener('visibilitychange', look);
        };
    }, []);
    return hidden;
}
