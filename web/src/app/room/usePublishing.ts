import { useEffect, useRef } from 'react';
import type { MeetingHandle } from '../lib/meetingHandle';
import type { Camera } from '../media/useBlur';
import type { Device } from '../media/useDevice';
import { useSnapshot } from './useSnapshot';

/**
 * Keeps what is sent in step with the camera and the microphone. A device that is off on joining is not sent at all until it is
 * turned on; a microphone that is muted later is paused, which takes no time to undo.
 */
export function usePublishing(meeting: MeetingHandle, camera: Camera, microphone: Device, onError: (error: unknown) => void): void {
    usePublished(meeting, 'camera', camera.picture, camera.on, onError);
    usePublished(meeting, 'microphone', microphone.track, microphone.on, onError);
}

type Source = 'camera' | 'microphone';

function usePublished(meeting: MeetingHandle, source: Source, track: MediaStreamTrack | undefined, on: boolean,
    onError: (error: unknown) => void): void {
    const sender = useRef<Sender>(undefined);
    const { state } = useSnapshot(meeting);

    useEffect(() => {
        sender.current ??= new Sender(meeting, source);
        sender.current.want(track, on).catch((error: unknown) => {
            // What failed because the connection was away is done when it is back: then `state` changes.
            if (meeting.getSnapshot().state === 'connected') {
                onError(error);
            }
        });
    }, [meeting, source, track, on, state, onError]);
}

/** Brings what is sent to what was last asked for, one step at a time and never two at once. */
class Sender {
    private sent: MediaStreamTrack | undefined;
    private paused = false;
    private wanted: { track: MediaStreamTrack | undefined; on: boolean } = { track: undefined, on: false };
    private work: Promise<void> = Promise.resolve();

    constructor(
        private readonly meeting: MeetingHandle,
        private readonly source: Source,
    ) {}

    want(track: MediaStreamTrack | undefined, on: boolean): Promise<void> {
        this.wanted = { track, on };
        const step = this.work.then(() => this.catchUp());
        this.work = step.catch(() => undefined);
        return step;
    }

    private async catchUp(): Promise<void> {
        if (this.meeting.getSnapshot().state === 'closed') {
            return;
        }
        const { track, on } = this.wanted;
        if (track === undefined) {
            if (this.sent !== undefined) {
                this.sent = undefined;
                await this.meeting.unpublish(this.source);
            }
            return;
        }
        if (track !== this.sent) {
            // One that is muted takes the place of one that was muted, so that unmuting still takes no time.
            if ((!on && this.sent === undefined) || track.readyState === 'ended') {
                return;
            }
            const { paused } = await this.meeting.publish(this.source, track);
            this.sent = track;
            this.paused = paused;
        }
        if (this.paused === on) {
            await this.meeting.setPaused(this.source, !on);
            this.paused = !on;
        }
    }
}
