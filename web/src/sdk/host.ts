import type { Role, Source } from './messages';
import type { Signalling } from './signalling';

/**
 * What hosts can do; the server refuses it to everybody else (`state/not-host`). Nothing here changes the snapshot by itself: the
 * server tells everybody, oneself included, what has changed.
 */
export class HostPowers {
    constructor(private readonly signalling: Signalling) {}

    /** Whether those who join from now on wait until a host lets them in. Who waits stays waiting when it is switched off. */
    async setLobby(lobby: boolean): Promise<void> {
        await this.signalling.request('configureRoom', { lobby });
    }

    /** Whether nobody new comes in; `room/locked` tells those who try. */
    async setLocked(locked: boolean): Promise<void> {
        await this.signalling.request('configureRoom', { locked });
    }

    /** Lets somebody in from the lobby, or everybody who waits. */
    async admit(waitingId?: string): Promise<void> {
        await this.signalling.request('admit', waitingId === undefined ? {} : { waitingId });
    }

    /** Sends somebody in the lobby away, or everybody who waits. */
    async deny(waitingId?: string): Promise<void> {
        await this.signalling.request('deny', waitingId === undefined ? {} : { waitingId });
    }

    /** Makes somebody a host or a guest; oneself too, to give the role up. */
    async setRole(participantId: string, role: Role): Promise<void> {
        await this.signalling.request('setRole', { participantId, role });
    }

    /** Stops the server from passing on what that person sends of the source. That person can unmute again. */
    async mute(participantId: string, source: Source = 'microphone'): Promise<void> {
        await this.signalling.request('mute', { participantId, source });
    }

    /** Mutes every microphone but those of hosts. */
    async muteAll(): Promise<void> {
        await this.signalling.request('muteAll', {});
    }

    /** Asks; it is up to that person to do it. */
    async askToUnmute(participantId: string, source: 'microphone' | 'camera' = 'microphone'): Promise<void> {
        await this.signalling.request('askToUnmute', { participantId, source });
    }

    /** Ends every screen that this person shares. */
    async stopShare(participantId: string): Promise<void> {
        await this.signalling.request('stopShare', { participantId });
    }

    /** Lowers somebody's hand, or all hands. */
    async lowerHand(participantId?: string): Promise<void> {
        await this.signalling.request('lowerHand', participantId === undefined ? {} : { participantId });
    }

    /** Takes somebody out, who may join again with the code; with `block` only through the lobby, from the same network. */
    async remove(participantId: string, { block = false }: { readonly block?: boolean } = {}): Promise<void> {
        await this.signalling.request('remove', { participantId, block });
    }

    /** Ends the meeting for everybody; the room and its code are gone. */
    async endForAll(): Promise<void> {
        await this.signalling.request('endRoom', {});
    }
}
