import { useEffect, useState } from 'react';
import { useT } from '../i18n';
import { copyText } from '../lib/clipboard';
import { duration } from '../lib/format';
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
    const t = useT();
    const copyLink = () => void copyText(link).then((worked) => say(
        worked ? t('room.linkCopied', { code: formatCode(code) }) : t('room.linkNotCopied', { link })));

    return (
        <div className="room-info">
            <BrandMark size={26} />
            <span className="room-info__text">
                <Elapsed /><span className="room-info__dot" aria-hidden="true">·</span><span className="room-info__people">{t('room.count', { count: people })}</span>
            </span>
            <button type="button" className="room-info__copy" data-testid="copy-link-button" onClick={copyLink}>
                <LinkIcon size={18} />{t('common.copyLink')}
            </button>
        </div>
    );
}

function Elapsed() {
    const t = useT();
    const [start] = useState(() => performance.now());
    const [now, setNow] = useState(start);

    useEffect(() => {
        const timer = window.setInterval(() => setNow(performance.now()), 1000);
        return () => window.clearInterval(timer);
    }, []);
    return <span className="room-info__time" role="timer" aria-label={t('room.time')}>{duration(now - start)}</span>;
}
