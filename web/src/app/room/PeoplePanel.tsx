import { rich, useT } from '../i18n';
import type { ParticipantView } from '../../sdk';
import { Avatar } from '../ui/Avatar';
import { Code } from '../ui/Code';
import { CopyButton } from '../ui/CopyButton';
import { CameraIcon, CameraOffIcon, MicIcon, MicOffIcon, ScreenIcon } from '../ui/icons';
import { invitationText } from '../lib/invitation';

export interface ListedPerson extends Pick<ParticipantView, 'id' | 'name' | 'micMuted' | 'cameraOff' | 'speaking'> {
    readonly sharing: boolean;
    readonly self: boolean;
}

interface Props {
    readonly people: readonly ListedPerson[];
    readonly link: string;
    readonly code: string;
}

/** Who is here and in what state, and how others get in. */
export function PeoplePanel({ people, link, code }: Props) {
    const t = useT();
    return (
        <>
            <ul className="people" data-testid="participants-list">
                {people.map((person) => <Person key={person.id} person={person} />)}
            </ul>
            <div className="invite">
                <div>
                    <h3 className="invite__title">{t('people.invite')}</h3>
                    <p className="muted-text invite__code">{rich('people.inviteLead', { code: <Code value={code} /> })}</p>
                </div>
                <CopyButton text={invitationText(link, code)} label={t('common.copyInvitation')} testId="copy-invitation"
                    className="button button--soft button--wide" />
            </div>
        </>
    );
}

function Person({ person }: { readonly person: ListedPerson }) {
    const t = useT();
    const states = [t(person.micMuted ? 'people.muted' : 'people.unmuted'), t(person.cameraOff ? 'people.cameraOff' : 'people.cameraOn'),
        person.sharing && t('people.sharing')].filter(Boolean).join(', ');
    return (
        <li className="person" data-testid="participant" data-participant-id={person.id} data-name={person.name}>
            <Avatar name={person.name} small />
            <span className="person__name">
                {person.self ? t('common.nameIsYou', { name: person.name }) : person.name}
            </span>
            <span className="visually-hidden">, {states}</span>
            <span className="person__states" aria-hidden="true">
                {person.sharing && <span className="person__sharing"><ScreenIcon size={18} /></span>}
                <span className={person.micMuted ? 'person__off' : person.speaking ? 'person__speaking' : ''}>
                    {person.micMuted ? <MicOffIcon size={18} /> : <MicIcon size={18} />}
                </span>
                <span className={person.cameraOff ? 'person__off' : ''}>
                    {person.cameraOff ? <CameraOffIcon size={18} /> : <CameraIcon size={18} />}
                </span>
            </span>
        </li>
    );
}
