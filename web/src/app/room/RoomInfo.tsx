import { useEffect, useState } from 'react';
import { copyText } from '../lib/clipboard';
import { duration, peopleCount } from '../lib/format';
import { formatCode } from '../lib/invitation';
import { BrandMark } from '../ui/Brand';
import { LinkIcon } from '../ui/icons';
import type { Say } from './useToasts';

interface Props {
    readonly link: string;
    readonly code: string;
    readonly people: number;
    readonly say: Say;
}

/** Where one is, for how long, and the link to bring others in. */
export function RoomInfo({ link, code, people, say }: Props) {
    const copyLink = () => void copyText(link).then((worked) => say(
        worked ? `Link copied. The code is ${formatCode(code)}.` : `The browser did not allow copying. The link is ${link}`));

    return (
        <div className="room-info">
            <BrandMark size={26} />
            <span className="room-info__text">
                <Elapsed /><span className="room-info__dot" aria-hidden="true">·</span><span className="room-info__people">{peopleCount(people)}</span>
            </span>
            <button type="button" className="room-info__copy" data-testid="copy-link-button" onClick={copyLink}>
                <LinkIcon size={18} />Copy link
            </button>
        </div>
    );
}

function Elapsed() {
    const [start] = useState(() => performance.now());
    const [now, setNow] = useState(start);

    useEffect(() => {
        const timer = window.setInterval(() => setNow(performance.now()), 1000);
        return () => window.clearInterval(timer);
    }, []);
    return <span className="room-info__time" role="timer" aria-label="Time in the meeting">{duration(now - start)}</span>;
}
