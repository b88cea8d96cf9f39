import { useEffect, useRef } from 'react';
import { Code } from '../ui/Code';
import { CopyButton } from '../ui/CopyButton';
import { ArrowIcon } from '../ui/icons';
import { invitationText } from '../lib/invitation';

interface Props {
    readonly link: string;
    readonly code: string;
    readonly onGo: () => void;
}

/** The room exists: what to send to the others, and the way in. */
export function RoomReady({ link, code, onGo }: Props) {
    const heading = useRef<HTMLHeadingElement>(null);
    useEffect(() => heading.current?.focus(), []);

    return (
        <section className="ready" aria-labelledby="ready-title">
            <div>
                <h2 id="ready-title" ref={heading} tabIndex={-1}>Your meeting is ready</h2>
                <p className="muted-text">Send both to the people you want to meet. They need the code to come in.</p>
            </div>
            <div className="ready__item">
                <span className="ready__label">Link</span>
                <div className="ready__value">
                    <span className="ready__link" data-testid="room-link">{link}</span>
                    <CopyButton text={link} label="Copy link" compact testId="copy-room-link" />
                </div>
            </div>
            <div className="ready__item">
                <span className="ready__label">Code</span>
                <div className="ready__value">
                    <Code value={code} />
                    <CopyButton text={code} label="Copy code" compact testId="copy-room-code" />
                </div>
            </div>
            <div className="ready__actions">
                <CopyButton text={invitationText(link, code)} label="Copy invitation" testId="copy-invitation" />
                <button type="button" className="button button--primary" data-testid="go-to-meeting" onClick={onGo}>
                    Go to the meeting<ArrowIcon size={20} />
                </button>
            </div>
        </section>
    );
}
