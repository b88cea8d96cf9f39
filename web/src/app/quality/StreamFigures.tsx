import { useT } from '../i18n';
import { FIGURES, percent } from './figures';
import type { StreamHistory } from './QualityMonitor';
import { POINTS, Sparkline } from './Sparkline';

interface Props {
    readonly history: StreamHistory;
    readonly self: boolean;
    readonly locale: string;
}

/** One stream: what it is made of, and its figures with a small plot each. */
export function StreamFigures({ history: { source, samples, server }, self, locale }: Props) {
    const t = useT();
    const now = samples.at(-1);
    const facts = [
        now?.width !== undefined && now.height !== undefined && { id: 'resolution', label: t('quality.resolution'), value: `${now.width} × ${now.height}` },
        now?.codec !== undefined && { id: 'codec', label: t('quality.codec'), value: now.codec },
        now?.limited === 'cpu' && { id: 'limited', label: t('quality.limited'), value: t('quality.limited.cpu') },
        now?.limited === 'bandwidth' && { id: 'limited', label: t('quality.limited'), value: t('quality.limited.bandwidth') },
        !self && server?.received !== undefined
            && { id: 'server-loss', label: t('quality.serverLoss'), value: percent(server.received.fractionLost, locale) },
    ].filter((fact) => fact !== false);

    return (
        <section className="stats__stream" data-testid="stats-stream" data-source={source}>
            <h3 className="stats__title">{t(`quality.${source}`)}</h3>
            {now === undefined ? <p className="muted-text">{t('quality.measuring')}</p> : (
                <>
                    <dl className="stats__facts">
                        {facts.map(({ id, label, value }) => (
                            <div key={id} className="stats__fact"><dt>{label}</dt><dd data-testid={`stat-${id}`}>{value}</dd></div>
                        ))}
                    </dl>
                    {FIGURES.map(({ id, label, of, scale, text }) => {
                        const values = samples.slice(-POINTS).map(of);
                        const known = values.filter((value) => value !== undefined);
                        const last = of(now);
                        if (last === undefined || known.length === 0) {
                            return null;
                        }
                        const most = Math.max(...known);
                        const seconds = Math.round(((samples.at(-1)?.at ?? 0) - (samples.at(-POINTS)?.at ?? samples[0]?.at ?? 0)) / 1_000);
                        return (
                            <div key={id} className="stats__figure">
                                <span className="stats__label">{t(label)}</span>
                                <Sparkline values={values} most={Math.max(most, scale)} label={t('quality.overTime',
                                    { label: t(label), seconds, now: text(last, locale), most: text(most, locale) })} />
                                <span className="stats__value" data-testid={`stat-${id}`}>{text(last, locale)}</span>
                            </div>
                        );
                    })}
                </>
            )}
        </section>
    );
}
