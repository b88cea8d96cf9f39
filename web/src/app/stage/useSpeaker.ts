import { useState } from 'react';
import type { MeetingSnapshot } from '../../sdk';

export interface Speaker {
    /** Who of the others speaks, or spoke last. */
    readonly id: string | undefined;
    /** Counts up; who spoke later has more. */
    readonly spoke: ReadonlyMap<string, number>;
}

/** Oneself is never it: what one sees large does not change when one speaks. */
export function useSpeaker({ activeSpeakerId }: MeetingSnapshot, selfId: string): Speaker {
    const [speaker, setSpeaker] = useState<Speaker>({ id: undefined, spoke: new Map() });
    if (activeSpeakerId === undefined || activeSpeakerId === selfId || activeSpeakerId === speaker.id) {
        return speaker;
    }
    const next = { id: activeSpeakerId, spoke: new Map(speaker.spoke).set(activeSpeakerId, Math.max(0, ...speaker.spoke.values()) + 1) };
    setSpeaker(next);
    return next;
}
