import { useSyncExternalStore } from 'react';
import type { Meeting, MeetingSnapshot } from '../../sdk';

/** The meeting as it is now; draws anew with each change. */
export function useSnapshot(meeting: Meeting): MeetingSnapshot {
    return useSyncExternalStore(meeting.subscribe, meeting.getSnapshot);
}
