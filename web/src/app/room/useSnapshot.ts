import { useSyncExternalStore } from 'react';
import type { MeetingSnapshot } from '../../sdk';
import type { MeetingHandle } from '../lib/meetingHandle';

/** The meeting as it is now; draws anew with each change. */
export function useSnapshot(meeting: MeetingHandle): MeetingSnapshot {
    return useSyncExternalStore(meeting.subscribe, meeting.getSnapshot);
}
