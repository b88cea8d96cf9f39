import { useCallback, useEffect, useState } from 'react';
import type { CheckOptions, ConnectionReport } from '../../sdk/check';

export type RunCheck = (options: CheckOptions) => Promise<ConnectionReport>;

/** Runs the check when the page opens, and again when the person wants it. */
export function useCheck(run: RunCheck) {
    const [report, setReport] = useState<ConnectionReport>();
    const [round, setRound] = useState(0);

    useEffect(() => {
        const abort = new AbortController();
        const onChange = (now: ConnectionReport): void => { if (!abort.signal.aborted) setReport(now); };
        run({ signal: abort.signal, onChange }).then(onChange, () => undefined);
        return () => abort.abort();
    }, [run, round]);

    return { report, again: useCallback(() => setRound((before) => before + 1), []) };
}
