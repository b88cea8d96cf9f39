import type { CheckLine, CheckStatus } from '../../sdk/check';
import type { CheckT } from '../i18n/check';
import { CheckIcon, CloseIcon, WarningIcon } from '../ui/icons';
import { factsOf, whyOf } from './reportText';

interface Props {
    readonly line: CheckLine;
    readonly t: CheckT;
}

/** One thing that was tried: whether it works, and if not, why and what helps. */
export function LineRow({ line, t }: Props) {
    const why = whyOf(line, t);
    const facts = factsOf(line, t);
    return (
        <li className={`line line--${line.status}`} data-testid="check-line" data-id={line.id} data-status={line.status} data-reason={line.reason}>
            <StatusMark status={line.status} />
            <div className="line__text">
                <div className="line__head">
                    <span className="line__name">{t(`line.${line.id}`)}</span>
                    <span className="line__status">{t(`status.${line.status}`)}</span>
                </div>
                {why !== undefined && <p className="line__why">{why}</p>}
                {facts.length > 0 && <p className="line__facts">{facts.join(' · ')}</p>}
            </div>
        </li>
    );
}

/** The state is said in words beside it. */
function StatusMark({ status }: { readonly status: CheckStatus }) {
    return <span className="line__mark" aria-hidden="true">{mark(status)}</span>;
}

function mark(status: CheckStatus) {
    switch (status) {
        case 'running':
            return <span className="spinner" />;
        case 'passed':
            return <CheckIcon size={18} />;
        case 'failed':
            return <CloseIcon size={18} />;
        case 'warning':
            return <WarningIcon size={18} />;
        case 'skipped':
            return '–';
    }
}
