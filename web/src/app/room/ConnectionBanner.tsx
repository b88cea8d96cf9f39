import { useEffect, useState } from 'react';
import type { MeetingSnapshot } from '../../sdk';
import { useT } from '../i18n';
import { checkPath } from '../lib/invitation';

/** After this many milliseconds it is not a hiccup any more, and the person may want to know why. */
const LONG = 8_000;

interface Props {
    readonly snapshot: MeetingSnapshot;
    /** Any address on the server. */
    readonly server: string;
}

/** Says that signalling or media broke and is being mended by itself. */
export function ConnectionBanner({ snapshot: { state, connection }, server }: Props) {
    const t = useT();
    const media = connection.media === 'recovering';
    const lasts = useLasts(media || connection.media === 'connecting');
    const stuck = lasts && connection.media === 'connecting';
    if (state === 'connected' && !media && !stuck) {
        return null;
    }
    return (
        <div className="banner" role="status" data-testid={state === 'connected' ? 'recovering' : 'reconnecting'}>
            <span className="spinner" aria-hidden="true" />
            {t(state !== 'connected' ? 'room.reconnecting' : stuck ? 'room.connectingMedia' : 'room.recovering')}
            {lasts && <a className="banner__link" href={checkPath(server)} target="_blank" rel="noopener">{t('common.checkConnection')}</a>}
        </div>
    );
}

function useLasts(now: boolean): boolean {
    const [lasts, setLasts] = useState(false);
    useEffect(() => {
        if (!now) {
            return undefined;
        }
        const timer = setTimeout(() => setLasts(true), LONG);
        return () => {
            clearTimeout(timer);
            setLasts(false);
        };
    }, [now]);
    return lasts;
}
