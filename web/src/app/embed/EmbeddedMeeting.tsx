import { useMemo } from 'react';
import type { Meeting } from '../../sdk';
import { FrameContext, type Frame } from '../lib/frame';
import { roomIdOf, parseInvitation } from '../lib/invitation';
import { BadLink } from '../lobby/BadLink';
import type { Entry } from '../lobby/JoinCard';
import { MeetingApp } from '../room/MeetingApp';

/** What the element says about the meeting. */
export interface Invitation {
    /** Where the server is, without a slash at the end. */
    readonly server: string;
    /** A room's id or its whole link. */
    readonly room: string;
    readonly entry: Partial<Entry>;
    /** Joins at once, without the page before. */
    readonly autojoin: boolean;
}

interface Props {
    readonly host: HTMLElement;
    readonly root: HTMLElement;
    readonly invitation: Invitation;
    readonly onMeeting: (meeting: Meeting) => void;
}

/** The whole app inside of the element, with a client of its own. */
export function EmbeddedMeeting({ host, root, invitation, onMeeting }: Props) {
    const { server, entry, autojoin } = invitation;
    const roomId = parseInvitation(invitation.room).roomId ?? roomIdOf(invitation.room);
    const frame = useMemo<Frame>(() => ({ embedded: true, keys: () => host, root: () => root }), [host, root]);
    const client = useMemo(() => import('../../sdk').then(({ ParleyClient }) => new ParleyClient({ url: server })), [server]);

    return (
        <FrameContext value={frame}>
            {roomId === undefined ? <BadLink /> : (
                <MeetingApp roomId={roomId} server={server} initial={entry} autojoin={autojoin} join={async (given, options) => {
                    const meeting = await (await client).join({ roomId, ...given, ...options });
                    onMeeting(meeting);
                    return meeting;
                }} />
            )}
        </FrameContext>
    );
}
