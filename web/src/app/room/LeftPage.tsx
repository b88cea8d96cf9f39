import { useEffect, useRef } from 'react';
import type { CloseReason } from '../../sdk';
import { Brand } from '../ui/Brand';
import { HomeIcon, RejoinIcon } from '../ui/icons';

const TEXTS: Readonly<Record<CloseReason, readonly [title: string, text: string]>> = {
    'left': ['You left the meeting', 'You can come back with the same link and code while it lasts.'],
    'room-closed': ['The meeting has ended', 'Thanks for joining.'],
    'session-lost': ['The connection was lost', 'It took too long to get you back. Join again when your network is fine.'],
};

interface Props {
    readonly reason: CloseReason;
    readonly onRejoin: () => void;
}

export function LeftPage({ reason, onRejoin }: Props) {
    const heading = useRef<HTMLHeadingElement>(null);
    const [title, text] = TEXTS[reason];

    useEffect(() => {
        document.title = `${title} · Parley`;
        heading.current?.focus();
    }, [title]);

    return (
        <div className="page">
            <header className="page__header"><Brand href="/" /></header>
            <main className="message" data-testid="left-page" data-reason={reason}>
                <h1 ref={heading} tabIndex={-1}>{title}</h1>
                <p className="muted-text">{text}</p>
                <div className="message__actions">
                    <button type="button" className="button button--primary" data-testid="rejoin-button" onClick={onRejoin}>
                        <RejoinIcon size={20} />Rejoin
                    </button>
                    <a className="button button--soft" href="/" data-testid="home-button"><HomeIcon size={20} />Home page</a>
                </div>
            </main>
        </div>
    );
}
