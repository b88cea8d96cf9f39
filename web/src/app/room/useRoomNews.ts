import { useEffect } from 'react';
import { t } from '../i18n';
import type { MeetingHandle } from '../lib/meetingHandle';
import { errorText } from '../lib/errorText';
import type { Say } from './useToasts';

/** Says who comes and goes, what was written while the chat is closed, and what went wrong. */
export function useRoomNews(meeting: MeetingHandle, chatOpen: boolean, say: Say): void {
    useEffect(() => {
        const stops = [
            meeting.on('participantJoined', ({ participant }) => say(t('room.joined', { name: participant.name }))),
            meeting.on('participantLeft', ({ participant, reason }) => say(
                t(reason === 'connection-lost' ? 'room.lost' : 'room.left', { name: participant.name }))),
            meeting.on('trackAdded', ({ participant, track }) => {
                if (track.source === 'screen') {
                    say(t('room.sharing', { name: participant.name }));
                }
            }),
            meeting.on('error', (error) => say(errorText(error), { tone: 'error' })),
        ];
        return () => stops.forEach((stop) => stop());
    }, [meeting, say]);

    useEffect(() => meeting.on('chatMessage', (message) => {
        if (!chatOpen && message.participantId !== meeting.self.id) {
            say(message.text, { title: message.name });
        }
    }), [meeting, chatOpen, say]);
}
