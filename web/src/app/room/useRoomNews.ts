import { useEffect } from 'react';
import type { ChatMessage } from '../../sdk';
import { t } from '../i18n';
import type { MeetingHandle } from '../lib/meetingHandle';
import { errorText } from '../lib/errorText';
import type { Say } from './useToasts';

/** Says who comes and goes, raises a hand or changes the room, what was written while the chat is closed, and what went wrong. */
export function useRoomNews(meeting: MeetingHandle, chatOpen: boolean, say: Say): void {
    useEffect(() => {
        const stops = [
            meeting.on('participantJoined', ({ participant }) => say(t('room.joined', { name: participant.name }))),
            meeting.on('participantLeft', ({ participant, reason }) => say(t(LEFT[reason], { name: participant.name }))),
            meeting.on('trackAdded', ({ participant, track }) => {
                if (track.source === 'screen') {
                    say(t('room.sharing', { name: participant.name }));
                }
            }),
            meeting.on('roleChanged', ({ participantId, role }) => {
                const own = participantId === meeting.self.id;
                if (own) {
                    say(t(role === 'host' ? 'room.youHost' : 'room.youGuest'));
                } else if (role === 'host') {
                    say(t('room.isHost', { name: nameOf(meeting, participantId) }));
                }
            }),
            meeting.on('error', (error) => say(errorText(error), { tone: 'error' })),
            hands(meeting, say),
            settings(meeting, say),
        ];
        return () => stops.forEach((stop) => stop());
    }, [meeting, say]);

    useEffect(() => meeting.on('chatMessage', (message) => {
        if (!chatOpen && message.participantId !== meeting.self.id) {
            say(textOf(message), { title: message.to === undefined ? message.name : t('chat.newPrivate', { name: message.name }) });
        }
    }), [meeting, chatOpen, say]);
}

const LEFT = { 'left': 'room.left', 'connection-lost': 'room.lost', 'removed': 'room.removed', 'closed': 'room.left' } as const;

function textOf({ text, file }: ChatMessage): string {
    return file === undefined ? text : [t('chat.sentFile', { file: file.name }), text].filter(Boolean).join('\n');
}

export function nameOf(meeting: MeetingHandle, id: string): string {
    return meeting.getSnapshot().participants.find((person) => person.id === id)?.name ?? '';
}

/** Tells of hands that go up, not of those that were up or go down. */
function hands(meeting: MeetingHandle, say: Say): () => void {
    let before = meeting.getSnapshot().hands;
    return meeting.on('handsChanged', ({ hands: now }) => {
        now.filter((id) => !before.includes(id) && id !== meeting.self.id)
            .forEach((id) => say(t('room.handRaised', { name: nameOf(meeting, id) })));
        before = now;
    });
}

function settings(meeting: MeetingHandle, say: Say): () => void {
    let before = meeting.getSnapshot().room;
    return meeting.on('roomChanged', ({ room: now }) => {
        if (now.locked !== before.locked) {
            say(t(now.locked ? 'room.locked' : 'room.unlocked'));
        }
        if (now.lobby !== before.lobby) {
            say(t(now.lobby ? 'room.lobbyOn' : 'room.lobbyOff'));
        }
        before = now;
    });
}
