import { useEffect, useRef } from 'react';
import { useT, type Key } from '../i18n';
import type { CloseReason } from '../../sdk';
import { usePageTitle } from '../lib/usePageTitle';
import { HomeLink } from '../ui/HomeLink';
import { PageHeader } from '../ui/PageHeader';
import { Main } from '../ui/Main';
import { RejoinIcon } from '../ui/icons';

const TEXTS = {
    'left': ['room.leftTitle', 'room.leftText'],
    'ended': ['room.endedTitle', 'room.endedByHost'],
    'removed': ['room.removedTitle', 'room.removedText'],
    'replaced': ['room.replacedTitle', 'room.replacedText'],
    'room-closed': ['room.endedTitle', 'room.endedText'],
    'session-lost': ['room.lostTitle', 'room.lostText'],
} as const satisfies Record<CloseReason, readonly [title: Key, text: Key]>;

interface Props {
    readonly reason: CloseReason;
    readonly onRejoin: () => void;
}

export function LeftPage({ reason, onRejoin }: Props) {
    const t = useT();
    const heading = useRef<HTMLHeadingElement>(null);
    const [titleKey, textKey] = TEXTS[reason];
    const title = t(titleKey);

    usePageTitle(`${title} · Parley`);
    useEffect(() => heading.current?.focus(), [title]);

    return (
        <div className="page">
            <PageHeader />
            <Main className="message" data-testid="left-page" data-reason={reason}>
                <h1 ref={heading} tabIndex={-1}>{title}</h1>
                <p className="muted-text">{t(textKey)}</p>
                <div className="message__actions">
                    {/* What has ended for all is no longer there to come back to. */}
                    {reason !== 'ended' && (
                        <button type="button" className="button button--primary" data-testid="rejoin-button" onClick={onRejoin}>
                            <RejoinIcon size={20} />{t('room.rejoin')}
                        </button>
                    )}
                    <HomeLink className={reason === 'ended' ? 'button button--primary' : 'button button--soft'} />
                </div>
            </Main>
        </div>
    );
}
