import { useT } from '../i18n';
import { PageHeader } from '../ui/PageHeader';
import { HomeIcon } from '../ui/icons';

/** The address has no room in it, or a mangled one. */
export function BadLink() {
    const t = useT();
    return (
        <div className="page">
            <PageHeader />
            <main className="message" data-testid="bad-link">
                <h1>{t('lobby.badLink')}</h1>
                <p className="muted-text">{t('lobby.badLinkLead')}</p>
                <div className="message__actions">
                    <a className="button button--primary" href="/"><HomeIcon size={20} />{t('common.homePage')}</a>
                </div>
            </main>
        </div>
    );
}
