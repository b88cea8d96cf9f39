import { useEffect, useRef } from 'react';
import { t } from '../i18n';
import type { MeetingHandle } from '../lib/meetingHandle';
import type { Device } from '../media/useDevice';
import type { Host } from '../people/useHost';
import { nameOf } from './useRoomNews';
import type { Say } from './useToasts';

/** What hosts do to oneself or ask of one, and, for hosts, who waits at the door. */
export function useHostNews(meeting: MeetingHandle, camera: Device, microphone: Device, host: Host | undefined, say: Say): void {
    const devices = useRef({ camera, microphone });
    useEffect(() => {
        devices.current = { camera, microphone };
    });

    useEffect(() => {
        const stops = [
            meeting.on('mutedByHost', ({ source, by }) => {
                const name = nameOf(meeting, by);
                if (source === 'camera' || source === 'microphone') {
                    devices.current[source].turn(false);
                }
                say(t(source === 'camera' ? 'room.cameraByHost' : 'room.mutedByHost', { name }));
            }),
            meeting.on('stoppedByHost', ({ source, by }) => {
                if (source === 'screen') {
                    say(t('room.shareByHost', { name: nameOf(meeting, by) }));
                }
            }),
            meeting.on('askedToUnmute', ({ source, by }) => {
                const ask = source === 'camera' ? 'room.askedCamera' : 'room.askedToUnmute';
                const label = t(source === 'camera' ? 'room.cameraOn' : 'room.unmute');
                say(t(ask, { name: nameOf(meeting, by) }), { action: { label, run: () => devices.current[source].turn(true) } });
            }),
        ];
        return () => stops.forEach((stop) => stop());
    }, [meeting, say]);

    useEffect(() => {
        if (host === undefined) {
            return undefined;
        }
        let known = new Set(meeting.getSnapshot().waiting.map(({ id }) => id));
        return meeting.on('waitingChanged', ({ waiting }) => {
            waiting.filter(({ id }) => !known.has(id)).forEach(({ id, name }) => say(t('room.waits', { name }), {
                action: { label: t('people.admit'), run: () => host.admit(id) },
            }));
            known = new Set(waiting.map(({ id }) => id));
        });
    }, [meeting, host, say]);
}
