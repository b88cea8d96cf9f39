import { useEffect, useId, useSyncExternalStore } from 'react';
import { useT, currentLocale } from '../i18n';
import { SidePanel } from '../room/SidePanel';
import { DownloadIcon } from '../ui/stageIcons';
import { download, exported } from './download';
import { PathFigures } from './PathFigures';
import type { QualityMonitor } from './QualityMonitor';
import { StreamFigures } from './StreamFigures';
import type { Statistics } from './useStatistics';
import { troubleText } from './words';
import '../styles/stats.css';

export interface StatsPerson {
    readonly id: string;
    readonly name: string;
    readonly self: boolean;
}

interface Props {
    readonly monitor: QualityMonitor;
    /** Oneself first. */
    readonly people: readonly StatsPerson[];
    readonly statistics: Statistics;
    readonly onClose: () => void;
}

/** The figures of one person's streams, in numbers and over time. */
export default function StatsPanel({ monitor, people, statistics, onClose }: Props) {
    const t = useT();
    const field = useId();
    const person = people.find(({ id }) => id === statistics.of) ?? people[0];
    const id = person?.id ?? '';
    useSyncExternalStore(monitor.subscribe, monitor.count);
    useEffect(() => monitor.watch(id), [monitor, id]);
    if (person === undefined) {
        return null;
    }
    const verdict = monitor.verdictOf(id);
    const histories = monitor.historiesOf(id);
    const locale = currentLocale();

    return (
        <SidePanel title={t('quality.title')} closeLabel={t('quality.close')} testId="stats-panel" onClose={onClose}>
            <div className="stats" data-testid="stats" data-participant-id={id}>
                <div className="field">
                    <label className="field__label" htmlFor={field}>{t('quality.person')}</label>
                    <select id={field} className="input" value={id} data-testid="stats-person" onChange={({ target }) => statistics.choose(target.value)}>
                        {people.map((one) => (
                            <option key={one.id} value={one.id}>{one.self ? t('common.nameIsYou', { name: one.name }) : one.name}</option>
                        ))}
                    </select>
                </div>
                <p className={`stats__verdict stats__verdict--${verdict.level}`} role="status" data-testid="stats-verdict">
                    {troubleText(t, verdict, person.name) ?? t(verdict.level === 'good' ? 'quality.good' : 'quality.measuring')}
                </p>
                {histories.map((history) => <StreamFigures key={`${history.source}`} history={history} self={person.self} locale={locale} />)}
                {histories.length === 0 && <p className="muted-text">{t('quality.nothing')}</p>}
                <PathFigures path={(person.self ? monitor.sendPath : monitor.receivePath) ?? monitor.receivePath} locale={locale} />
                <button type="button" className="button button--soft button--wide" data-testid="stats-download"
                    onClick={() => download(`parley-statistics-${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}.json`,
                        exported(monitor, people, new Date()))}>
                    <DownloadIcon size={20} />{t('quality.download')}
                </button>
            </div>
        </SidePanel>
    );
}
