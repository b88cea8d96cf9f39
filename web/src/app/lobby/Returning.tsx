import { useT } from '../i18n';
import { Main } from '../ui/Main';
import { PageHeader } from '../ui/PageHeader';

/** The tab was reloaded in a meeting: a moment until its place is there again. */
export function Returning() {
    const t = useT();
    return (
        <div className="page">
            <PageHeader />
            <Main className="message" role="status" data-testid="returning">
                <span className="spinner spinner--large" aria-hidden="true" />
                <h1>{t('lobby.comingBack')}</h1>
            </Main>
        </div>
    );
}
