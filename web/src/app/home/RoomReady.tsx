import { useEffect, useRef } from 'react';
import { useT } from '../i18n';
import { Code } from '../ui/Code';
import { CopyButton } from '../ui/CopyButton';
import { ArrowIcon } from '../ui/icons';
import { invitationText } from '../lib/invitation';

interface Props {
    readonly link: string;
    readonly code: string;
    readonly hostLink: string;
    readonly onGo: () => void;
}

/** The room exists: what to send to the others, and the way in. */
export function RoomReady({ link, code, hostLink, onGo }: Props) {
    const t = useT();
    const heading = useRef<HTMLHeadingElement>(null);
    useEffect(() => heading.current?.focus(), []);

    return (
        <section className="ready" aria-labelledby="ready-title">
            <div>
                <h2 id="ready-title" ref={heading} tabIndex={-1}>{t('home.ready')}</h2>
                <p className="muted-text">{t('home.readyLead')}</p>
            </div>
            <div className="ready__item">
                <span className="ready__label">{t('home.link')}</span>
                <div className="ready__value">
                    <span className="ready__link" data-testid="room-link">{link}</span>
                    <CopyButton text={link} label={t('common.copyLink')} compact testId="copy-room-link" />
                </div>
            </div>
            <div className="ready__item">
                <span className="ready__label">{t('home.code')}</span>
                <div className="ready__value">
                    <Code value={code} />
                    <CopyButton text={code} label={t('common.copyCode')} compact testId="copy-room-code" />
                </div>
            </div>
            <p className="ready__host muted-text">
                {t('home.hostLead')}
                <CopyButton text={hostLink} label={t('home.copyHostLink')} className="link-button" testId="copy-host-link" />
            </p>
            <div className="ready__actions">
                <CopyButton text={invitationText(link, code)} label={t('common.copyInvitation')} testId="copy-invitation" />
                <button type="button" className="button button--primary" data-testid="go-to-meeting" onClick={onGo}>
                    {t('home.go')}<ArrowIcon size={20} />
                </button>
            </div>
        </section>
    );
}
