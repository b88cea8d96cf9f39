import { useCallback, useEffect, useMemo, useState } from 'react';
import { watchDevices, type DeviceInfo } from '../../sdk/devices';
import { canChooseSpeaker } from '../../sdk/engine';
import { preferences } from '../lib/storage';

export interface Speaker {
    /** Whether this browser lets one choose. */
    readonly supported: boolean;
    readonly choices: readonly DeviceInfo[];
    /** The one in use; `''` is the system's own choice. */
    readonly id: string;
    /** The chosen one was unplugged, or is back. A new object each time. */
    readonly news?: { readonly why: 'gone' | 'returned'; readonly label: string };
    choose(id: string): void;
}

/** The loudspeaker that the person chose, for as long as it is there; meanwhile the system's own. */
export function useSpeaker(): Speaker {
    const supported = canChooseSpeaker();
    const [chosen, setChosen] = useState(() => preferences.device('speakerId') ?? '');
    const [choices, setChoices] = useState<readonly DeviceInfo[]>();
    const [news, setNews] = useState<Speaker['news']>();

    useEffect(() => {
        let before: readonly DeviceInfo[] | undefined;
        return watchDevices(({ speakers }) => {
            const named = speakers.filter(({ id, label }) => id !== '' && label !== '');
            const [was, is] = [before, named].map((list) => list?.find(({ id }) => id === chosen));
            if (before !== undefined && chosen !== '' && (was === undefined) !== (is === undefined)) {
                setNews(is === undefined ? { why: 'gone', label: was?.label ?? '' } : { why: 'returned', label: is.label });
            }
            before = named;
            setChoices(named);
        });
    }, [chosen]);

    const choose = useCallback((id: string) => {
        preferences.rememberDevice('speakerId', id === '' ? undefined : id);
        setChosen(id);
    }, []);

    // Before the list is here, the chosen one is tried.
    const id = choices === undefined || choices.some((choice) => choice.id === chosen) ? chosen : '';
    return useMemo(() => ({ supported, choices: choices ?? [], id, choose, ...(news !== undefined && { news }) }),
        [supported, choices, id, choose, news]);
}
