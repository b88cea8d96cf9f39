import type { Translate } from '../i18n';
import type { MenuItem } from '../ui/Menu';
import { CameraOffIcon, ChatIcon, HandIcon, MicIcon, MicOffIcon, RemoveIcon, ScreenStopIcon, SoundIcon, StarIcon } from '../ui/icons';
import type { ListedPerson } from './listedPerson';
import type { Host } from './useHost';

export interface PersonActions {
    /** Begins a private message. */
    readonly onWrite: (person: ListedPerson) => void;
    /** Asks first. */
    readonly onRemove: (person: ListedPerson) => void;
    readonly host: Host | undefined;
}

interface Ways extends PersonActions {
    /** Shows how loud one hears that person. */
    readonly onVolume: () => void;
}

/** What one may do about somebody; hosts may do more. Of oneself only to give up being a host. */
export function personActions(person: ListedPerson, { host, onWrite, onVolume, onRemove }: Ways, t: Translate): MenuItem[][] {
    const { id, self, role } = person;
    if (self) {
        return host === undefined ? [] : [[
            { id: 'give-up-host', label: t('people.giveUpHost'), icon: <StarIcon />, onSelect: () => host.setRole(id, 'guest') },
        ]];
    }
    const all: MenuItem[] = [
        { id: 'write', label: t('people.write'), icon: <ChatIcon />, onSelect: () => onWrite(person) },
        { id: 'volume', label: t('sound.volume'), icon: <SoundIcon />, onSelect: onVolume },
    ];
    return host === undefined ? [all] : [all, mediaActions(person, host, t), [
        role === 'host'
            ? { id: 'make-guest', label: t('people.makeGuest'), icon: <StarIcon />, onSelect: () => host.setRole(id, 'guest') }
            : { id: 'make-host', label: t('people.makeHost'), icon: <StarIcon />, onSelect: () => host.setRole(id, 'host') },
        { id: 'remove', label: t('people.remove'), icon: <RemoveIcon />, danger: true, onSelect: () => onRemove(person) },
    ]];
}

function mediaActions({ id, micMuted, cameraOff, sharing, hand }: ListedPerson, host: Host, t: Translate): MenuItem[] {
    return [
        micMuted
            ? { id: 'ask-unmute', label: t('people.askUnmute'), icon: <MicIcon />, onSelect: () => host.askToUnmute(id) }
            : { id: 'mute', label: t('people.mute'), icon: <MicOffIcon />, onSelect: () => host.mute(id) },
        ...(cameraOff ? [] : [
            { id: 'camera-off', label: t('people.stopCamera'), icon: <CameraOffIcon />, onSelect: () => host.mute(id, 'camera') },
        ]),
        ...(sharing ? [
            { id: 'stop-share', label: t('people.stopShare'), icon: <ScreenStopIcon />, onSelect: () => host.stopShare(id) },
        ] : []),
        ...(hand === undefined ? [] : [
            { id: 'lower-hand', label: t('people.lowerHand'), icon: <HandIcon />, onSelect: () => host.lowerHand(id) },
        ]),
    ];
}
