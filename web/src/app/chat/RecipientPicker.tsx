import { useId } from 'react';
import { useT } from '../i18n';
import type { Recipient } from './useOutbox';

interface Props {
    readonly people: readonly Recipient[];
    readonly to: Recipient | undefined;
    readonly onChoose: (person: Recipient | undefined) => void;
}

/** To everybody or to one person alone. */
export function RecipientPicker({ people, to, onChoose }: Props) {
    const t = useT();
    const id = useId();
    const gone = to !== undefined && !people.some((person) => person.id === to.id);
    if (people.length === 0 && to === undefined) {
        return null;
    }
    return (
        <div className="composer__to">
            <label htmlFor={id}>{t('chat.to')}</label>
            <select id={id} className="composer__recipient" data-testid="chat-recipient" value={to?.id ?? ''}
                onChange={(event) => onChoose(people.find((person) => person.id === event.target.value))}>
                <option value="">{t('chat.everyone')}</option>
                {gone && <option value={to.id}>{t('chat.gone', { name: to.name })}</option>}
                {people.map((person) => <option key={person.id} value={person.id}>{person.name}</option>)}
            </select>
            {to !== undefined && <span className="composer__private">{t('chat.private')}</span>}
        </div>
    );
}
