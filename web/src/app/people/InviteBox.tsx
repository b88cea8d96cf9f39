import { rich, useT } from '../i18n';
import { invitationText } from '../lib/invitation';
import { Code } from '../ui/Code';
import { CopyButton } from '../ui/CopyButton';

interface Props {
    readonly link: string;
    /** Empty for a host who came without it. */
    readonly code: string;
}

/** How others get in. */
export function InviteBox({ link, code }: Props) {
    const t = useT();
    return (
        <div className="invite">
            <div>
                <h3 className="invite__title">{t('people.invite')}</h3>
                {code !== '' && (
                    <p className="muted-text invite__code">{rich('people.inviteLead', { code: <Code value={code} /> })}</p>
                )}
            </div>
            {code === ''
                ? <CopyButton text={link} label={t('common.copyLink')} testId="copy-invitation" className="button button--soft button--wide" />
                : <CopyButton text={invitationText(link, code)} label={t('common.copyInvitation')} testId="copy-invitation"
                        className="button button--soft button--wide" />}
        </div>
    );
}
