import { useEffect, useRef } from 'react';
import { useT } from '../i18n';

/** In the lobby of a meeting. */
export function WaitingCard({ onCancel }: { readonly onCancel: () => void }) {
    const t = useT();
    const heading = useRef<HTMLHeadingElement>(null);
    useEffect(() => heading.current?.focus(), []);

    return (
        <section className="entry" data-testid="waiting-card" aria-busy="true">
            <div>
                <h1 className="entry__title" ref={heading} tabIndex={-1}>{t('lobby.waiting')}</h1>
                <p className="muted-text">{t('lobby.waitingLead')}</p>
            </div>
            <span className="spinner spinner--large" aria-hidden="true" />
            <button type="button" className="button button--soft button--wide" data-testid="stop-waiting" onClick={onCancel}>
                {t('lobby.stopWaiting')}
            </button>
        </section>
    );
}
