import { useCallback, useRef, useState } from 'react';
import { useT, type Translate } from '../i18n';
import { VolumePopover } from '../room/VolumeMenu';
import { Avatar } from '../ui/Avatar';
import { CameraIcon, CameraOffIcon, HandIcon, MicIcon, MicOffIcon, MoreIcon, ScreenIcon } from '../ui/icons';
import { MenuButton } from '../ui/MenuButton';
import type { ListedPerson } from './listedPerson';
import { personActions, type PersonActions } from './personActions';

/** One line of the list; the icons' meaning is also said in words, for those who do not see them. */
export function PersonRow({ person, actions }: { readonly person: ListedPerson; readonly actions: PersonActions }) {
    const t = useT();
    const row = useRef<HTMLLIElement>(null);
    const [volume, setVolume] = useState(false);
    const closeVolume = useCallback(() => setVolume(false), []);
    const groups = personActions(person, { ...actions, onVolume: () => setVolume(true) }, t);
    return (
        <li ref={row} className="person" data-testid="participant" data-participant-id={person.id} data-name={person.name} data-role={person.role}>
            <Avatar name={person.name} small />
            <span className="person__text">
                <span className="person__name">{person.self ? t('common.nameIsYou', { name: person.name }) : person.name}</span>
                <span className="visually-hidden">, {statesOf(person, t)}</span>
                {(person.role === 'host' || !person.connected) && (
                    <span className="person__note" aria-hidden="true">
                        {person.connected ? t('people.host') : t('people.reconnecting')}
                    </span>
                )}
            </span>
            <span className="person__states" aria-hidden="true">
                {person.hand !== undefined && <span className="person__hand" data-testid="hand"><HandIcon size={18} />{person.hand}</span>}
                {person.sharing && <span className="person__sharing"><ScreenIcon size={18} /></span>}
                <span className={person.micMuted ? 'person__off' : person.speaking ? 'person__speaking' : ''}>
                    {person.micMuted ? <MicOffIcon size={18} /> : <MicIcon size={18} />}
                </span>
                <span className={person.cameraOff ? 'person__off' : ''}>
                    {person.cameraOff ? <CameraOffIcon size={18} /> : <CameraIcon size={18} />}
                </span>
            </span>
            {groups.length > 0 && (
                <MenuButton label={t('people.actions', { name: person.name })} icon={<MoreIcon size={20} />} groups={groups}
                    testId="person-menu" className="icon-button person__menu" />
            )}
            {volume && <VolumePopover participantId={person.id} name={person.name} anchor={row} onClose={closeVolume} />}
        </li>
    );
}

function statesOf({ role, connected, hand, micMuted, cameraOff, sharing }: ListedPerson, t: Translate): string {
    return [
        role === 'host' && t('people.host'),
        !connected && t('people.reconnecting'),
        hand !== undefined && t('people.handNumber', { place: hand }),
        t(micMuted ? 'people.muted' : 'people.unmuted'),
        t(cameraOff ? 'people.cameraOff' : 'people.cameraOn'),
        sharing && t('people.sharing'),
    ].filter(Boolean).join(', ');
}
