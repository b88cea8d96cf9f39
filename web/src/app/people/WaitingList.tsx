import type { WaitingPerson } from '../../sdk';
import { useT } from '../i18n';
import { Avatar } from '../ui/Avatar';
import type { Host } from './useHost';

interface Props {
    readonly waiting: readonly WaitingPerson[];
    readonly host: Host;
}

/** Those in the lobby, longest first; for hosts. */
export function WaitingList({ waiting, host }: Props) {
    const t = useT();
    return (
        <section className="waiting" aria-labelledby="waiting-title" data-testid="waiting-list">
            <div className="waiting__head">
                <h3 className="waiting__title" id="waiting-title">{t('people.waiting', { count: waiting.length })}</h3>
                {waiting.length > 1 && (
                    <button type="button" className="link-button" data-testid="admit-all" onClick={() => host.admit()}>
                        {t('people.admitAll')}
                    </button>
                )}
            </div>
            <ul>
                {waiting.map(({ id, name }) => (
                    <li key={id} className="person" data-testid="waiting" data-name={name}>
                        <Avatar name={name} small />
                        <span className="person__text"><span className="person__name">{name}</span></span>
                        <button type="button" className="button button--soft button--small" data-testid="deny"
                            aria-label={t('people.denyOne', { name })} onClick={() => host.deny(id)}>{t('people.deny')}</button>
                        <button type="button" className="button button--primary button--small" data-testid="admit"
                            aria-label={t('people.admitOne', { name })} onClick={() => host.admit(id)}>{t('people.admit')}</button>
                    </li>
                ))}
            </ul>
        </section>
    );
}
