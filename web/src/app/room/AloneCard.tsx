import { rich, useT } from '../i18n';
import { invitationText } from '../lib/invitation';
import { Code } from '../ui/Code';
import { CopyButton } from '../ui/CopyButton';

/** Nobody else is here yet: what to send to them. */
export function AloneCard({ link, code }: { readonly link: string; readonly code: string }) {
    const t = useT();
    return (
        <section className="alone" aria-labelledby="alone-title" data-testid="alone">
            <h2 className="alone__title" id="alone-title">{t('room.alone')}</h2>
            <p className="muted-text">{rich('room.aloneLead', { code: <Code value={code} /> })}</p>
            <CopyButton text={invitationText(link, code)} label={t('common.copyInvitation')} className="button button--primary button--wide" />
        </section>
    );
}
