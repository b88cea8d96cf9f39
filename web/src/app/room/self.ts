import type { MeetingSnapshot } from '../../sdk';
import type { MeetingHandle } from '../lib/meetingHandle';
import type { TilePerson } from '../lib/tiles';
import type { Camera } from '../media/useBlur';
import type { Device } from '../media/useDevice';
import type { ListedPerson } from '../people/listedPerson';

/** Oneself in the same terms as the others. One's own picture shows at once, before the server has accepted it. */
export function selfAsPerson(meeting: MeetingHandle, snapshot: MeetingSnapshot, camera: Camera, microphone: Device): TilePerson {
    const { local } = snapshot;
    return {
        id: meeting.self.id,
        name: meeting.self.name,
        tracks: [
            ...(camera.picture === undefined ? [] : [{ id: 'camera', source: 'camera' as const, track: camera.picture, paused: false }]),
            ...local.screens,
        ],
        speaking: local.speaking,
        hand: snapshot.self.hand,
        micMuted: !microphone.on || microphone.track === undefined,
    };
}

export function listPeople(self: TilePerson, snapshot: MeetingSnapshot): ListedPerson[] {
    const sharing = (tracks: TilePerson['tracks']) => tracks.some((track) => track.source === 'screen');
    return [
        {
            id: self.id,
            name: self.name,
            role: snapshot.self.role,
            connected: true,
            hand: snapshot.self.hand,
            micMuted: self.micMuted,
            cameraOff: !self.tracks.some((track) => track.source === 'camera'),
            speaking: self.speaking,
            sharing: sharing(self.tracks),
            self: true,
        },
        ...snapshot.participants.map((person) => ({ ...person, sharing: sharing(person.tracks), self: false })),
    ];
}
