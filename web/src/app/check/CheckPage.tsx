import type { CheckId, CheckLine, ConnectionReport } from '../../sdk/check';
import { useT } from '../i18n';
import { useCheckT, type CheckKey, type CheckT, type CheckTexts } from '../i18n/check';
import { usePageTitle } from '../lib/usePageTitle';
import { download } from '../quality/download';
import { CopyButton } from '../ui/CopyButton';
import { HomeLink } from '../ui/HomeLink';
import { Main } from '../ui/Main';
import { PageHeader } from '../ui/PageHeader';
import { LineRow } from './LineRow';
import { reportText } from './reportText';
import { useCheck, type RunCheck } from './useCheck';

interface Props {
    readonly run: RunCheck;
    /** In the language that the page begins in. */
    readonly texts: CheckTexts;
}

const GROUPS: readonly { readonly title: CheckKey; readonly hint?: CheckKey; readonly ids: readonly CheckId[] }[] = [
    { title: 'group.server', ids: ['https', 'websocket'] },
    { title: 'group.media', hint: 'mediaHint', ids: ['udp', 'tcp', 'relay-udp', 'relay-tcp', 'relay-tls'] },
    { title: 'group.here', ids: ['microphone', 'camera', 'codecs'] },
];

/** Tries everything that a meeting needs, and says what to do about what does not work. */
export function CheckPage({ run, texts }: Props) {
    const t = useCheckT(texts);
    const { report, again } = useCheck(run);
    usePageTitle(t('pageTitle'));

    return (
        <div className="page">
            <PageHeader />
            <Main className="check" data-testid="check-page" data-verdict={report?.verdict ?? 'running'}>
                <div className="check__intro">
                    <h1 className="check__title">{t('title')}</h1>
                    <p className="muted-text">{t('lead')}</p>
                </div>
                <Verdict report={report} t={t} />
                {GROUPS.map(({ title, hint, ids }) => (
                    <Group key={title} title={t(title)} hint={hint && t(hint)} lines={linesOf(report, ids)} t={t} />
                ))}
                {report !== undefined && <Actions report={report} again={again} t={t} />}
            </Main>
        </div>
    );
}

function linesOf(report: ConnectionReport | undefined, ids: readonly CheckId[]): readonly CheckLine[] {
    return ids.flatMap((id) => report?.lines.find((line) => line.id === id) ?? []);
}

function Verdict({ report, t }: { readonly report: ConnectionReport | undefined; readonly t: CheckT }) {
    const verdict = report?.verdict ?? 'running';
    return (
        <div className={`verdict verdict--${verdict}`} role="status" data-testid="check-verdict">
            {verdict === 'running' && <span className="spinner" aria-hidden="true" />}
            <div>
                <p className="verdict__title">{t(`verdict.${verdict}`)}</p>
                <p>{t(`verdictLead.${verdict}`)}</p>
            </div>
        </div>
    );
}

interface GroupProps {
    readonly title: string;
    readonly hint: string | undefined;
    readonly lines: readonly CheckLine[];
    readonly t: CheckT;
}

function Group({ title, hint, lines, t }: GroupProps) {
    return (
        <section className="check__group" aria-label={title}>
            <h2 className="check__heading">{title}</h2>
            {hint !== undefined && <p className="check__hint">{hint}</p>}
            <ul className="check__lines">{lines.map((line) => <LineRow key={line.id} line={line} t={t} />)}</ul>
        </section>
    );
}

function Actions({ report, again, t }: { readonly report: ConnectionReport; readonly again: () => void; readonly t: CheckT }) {
    const common = useT();
    return (
        <div className="check__actions" aria-label={common('common.checkConnection')} role="group">
            <button type="button" className="button button--primary" data-testid="check-again" disabled={report.verdict === 'running'} onClick={again}>
                {t('again')}
            </button>
            <CopyButton text={reportText(report, t)} label={t('copy')} testId="check-copy" />
            <button type="button" className="button button--soft" data-testid="check-save"
                onClick={() => download('parley-connection.json', report)}>
                {t('save')}
            </button>
            <HomeLink className="button button--quiet" />
        </div>
    );
}
