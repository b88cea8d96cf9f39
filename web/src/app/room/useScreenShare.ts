import { useCallback, useMemo, useState } from 'react';
import { t } from '../i18n';
import type { MeetingHandle } from '../lib/meetingHandle';
import { errorText } from '../lib/errorText';
import type { Say } from './useToasts';

export interface ScreenShare {
    /** Phones' browsers have nothing to share. */
    readonly supported: boolean;
    readonly sharing: boolean;
    readonly busy: boolean;
    toggle(): void;
}

export function useScreenShare(meeting: MeetingHandle, sharing: boolean, say: Say): ScreenShare {
    const [busy, setBusy] = useState(false);

    const toggle = useCallback(() => {
        if (busy) {
            return;
        }
        setBusy(true);
        const work: Promise<unknown> = sharing ? meeting.stopScreen() : meeting.shareScreen();
        work.catch((error: unknown) => {
            // Most often the person closed the browser's own dialog: said quietly, not as an error.
            const cancelled = error instanceof Error && 'kind' in error && error.kind === 'denied';
            say(cancelled ? t('room.shareCancelled') : errorText(error), { tone: cancelled ? 'plain' : 'error' });
        }).finally(() => setBusy(false));
    }, [busy, meeting, sharing, say]);

    return useMemo(() => ({ supported: canShareScreens(), sharing, busy, toggle }), [sharing, busy, toggle]);
}

function canShareScreens(): boolean {
    const devices = navigator.mediaDevices as MediaDevices | undefined;
    return typeof devices?.getDisplayMedia === 'function';
}
