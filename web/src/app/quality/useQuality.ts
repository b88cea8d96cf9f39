import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import type { MeetingHandle } from '../lib/meetingHandle';
import { QualityMonitor } from './QualityMonitor';
import type { Verdict } from './verdict';

/** Measures as long as the room is there. */
export function useQualityMonitor(meeting: MeetingHandle): QualityMonitor {
    const [monitor] = useState(() => new QualityMonitor(meeting));
    useEffect(() => monitor.start(), [monitor]);
    return monitor;
}

export function useVerdict(monitor: QualityMonitor, participantId: string): Verdict {
    return useSyncExternalStore(monitor.subscribe, useCallback(() => monitor.verdictOf(participantId), [monitor, participantId]));
}
