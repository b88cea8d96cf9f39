import { useT } from '../i18n';
import { HomeLink } from '../ui/HomeLink';
import { Main } from '../ui/Main';
import { PageHeader } from '../ui/PageHeader';

/** The address has no room in it, or a mangled one. */
export function BadLink() {
    const t = useT();
    return (
        <div className="page">
            <PageHeader />
            <Main className="message" data-testid="bad-link">
                <h1>{t('lobby.badLink')}</h1>
                <p className="muted-text">{t('lobby.badLinkLead')}</p>
                <div className="message__actions">
                    <HomeLink className="button button--primary" />
                </div>
            </Main>
        </div>
    );
}
