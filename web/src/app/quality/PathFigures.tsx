import { useT } from '../i18n';
import { bitrateText } from './figures';
import type { PathReading } from './readings';

/** How media gets from here to the server, or back. */
export function PathFigures({ path, locale }: { readonly path: PathReading | undefined; readonly locale: string }) {
    const t = useT();
    if (path === undefined) {
        return null;
    }
    const { protocol, relayed, relayProtocol, roundTrip, available, encryption } = path;
    const way = !relayed ? t('quality.direct') : relayProtocol === undefined ? t('quality.relayed')
        : t('quality.relayedBy', { protocol: relayProtocol.toUpperCase() });
    const facts = [
        { id: 'protocol', label: t('quality.protocol'), value: [protocol?.toUpperCase(), way].filter(Boolean).join(', ') },
        roundTrip !== undefined && { id: 'path-roundTrip', label: t('quality.roundTrip'), value: `${Math.round(roundTrip * 1_000)} ms` },
        available !== undefined && { id: 'available', label: t('quality.available'), value: bitrateText(available, locale) },
        encryption !== undefined && { id: 'encryption', label: t('quality.encryption'), value: encryption },
    ].filter((fact) => fact !== false);
    return (
        <section className="stats__stream" data-testid="stats-path">
            <h3 className="stats__title">{t('quality.path')}</h3>
            <dl className="stats__facts">
                {facts.map(({ id, label, value }) => (
                    <div key={id} className="stats__fact"><dt>{label}</dt><dd data-testid={`stat-${id}`}>{value}</dd></div>
                ))}
            </dl>
        </section>
    );
}
