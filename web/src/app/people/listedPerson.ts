import type { ParticipantView } from '../../sdk';

/** Somebody as the list of people shows them: oneself or another. */
export interface ListedPerson extends Pick<ParticipantView, 'id' | 'name' | 'role' | 'connected' | 'micMuted' | 'cameraOff' | 'speaking'> {
    /** Where in the order of raised hands. */
    readonly hand?: number | undefined;
    readonly sharing: boolean;
    readonly self: boolean;
}
