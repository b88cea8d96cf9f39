import { useCallback, useMemo } from 'react';
import type { HostPowers } from '../../sdk';
import type { MeetingHandle } from '../lib/meetingHandle';

/** What hosts do, with what goes wrong told; undefined for everybody else, who must not see any of it. */
export type Host = { readonly [Power in keyof HostPowers]: (...args: Parameters<HostPowers[Power]>) => void };

export function useHost(meeting: MeetingHandle, isHost: boolean, onError: (error: unknown) => void): Host | undefined {
    const run = useCallback(<A extends unknown[]>(power: (...args: A) => Promise<void>) => (...args: A): void => {
        power(...args).catch(onError);
    }, [onError]);

    return useMemo(() => {
        const { host } = meeting;
        return isHost ? {
            setLobby: run((on: boolean) => host.setLobby(on)),
            setLocked: run((on: boolean) => host.setLocked(on)),
            admit: run((id?: string) => host.admit(id)),
            deny: run((id?: string) => host.deny(id)),
            setRole: run((...args: Parameters<HostPowers['setRole']>) => host.setRole(...args)),
            mute: run((...args: Parameters<HostPowers['mute']>) => host.mute(...args)),
            muteAll: run(() => host.muteAll()),
            askToUnmute: run((...args: Parameters<HostPowers['askToUnmute']>) => host.askToUnmute(...args)),
            stopShare: run((id: string) => host.stopShare(id)),
            lowerHand: run((id?: string) => host.lowerHand(id)),
            remove: run((...args: Parameters<HostPowers['remove']>) => host.remove(...args)),
            endForAll: run(() => host.endForAll()),
        } : undefined;
    }, [meeting, isHost, run]);
}
