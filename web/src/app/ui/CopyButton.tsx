import { useEffect, useState } from 'react';
import { useT } from '../i18n';
import { copyText } from '../lib/clipboard';
import { CheckIcon, CopyIcon } from './icons';

interface Props {
    readonly text: string;
    /** What is copied, for the button's name: "Copy link". */
    readonly label: string;
    /** Icon alone, for a place beside the value itself. */
    readonly compact?: boolean;
    readonly className?: string;
    readonly testId?: string;
}

const SHOWN_MILLIS = 2000;

export function CopyButton({ text, label, compact = false, className = 'button button--soft', testId }: Props) {
    const t = useT();
    const [result, setResult] = useState<'idle' | 'copied' | 'failed'>('idle');

    useEffect(() => {
        if (result === 'idle') {
            return undefined;
        }
        const timer = window.setTimeout(() => setResult('idle'), SHOWN_MILLIS);
        return () => window.clearTimeout(timer);
    }, [result]);

    const said = result === 'copied' ? t('common.copied') : result === 'failed' ? t('common.copyByHand') : label;
    return (
        <button type="button" className={compact ? 'icon-button' : className} data-testid={testId}
            aria-label={compact ? label : undefined} title={compact ? said : undefined}
            onClick={() => void copyText(text).then((worked) => setResult(worked ? 'copied' : 'failed'))}>
            {result === 'copied' ? <CheckIcon size={20} /> : <CopyIcon size={20} />}
            {compact ? <span className="visually-hidden" role="status">{result === 'idle' ? '' : said}</span>
                : <span role="status">{said}</span>}
        </button>
    );
}
