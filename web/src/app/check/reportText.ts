import type { CheckLine, ConnectionReport } from '../../sdk/check';
import type { CheckT } from '../i18n/check';

/** What a line says beside its name and its state. */
export function whyOf({ reason }: CheckLine, t: CheckT): string | undefined {
    return reason && t(`why.${reason}`);
}

/** The figures of a line: how long it took, what was reached, and more for people who know. */
export function factsOf({ milliseconds, address, detail }: CheckLine, t: CheckT): readonly string[] {
    return [milliseconds === undefined ? undefined : t('milliseconds', { count: milliseconds }), address, detail]
        .filter((fact) => fact !== undefined);
}

/** The whole report for a mail or a chat. */
export function reportText({ verdict, lines, startedAt, server, userAgent }: ConnectionReport, t: CheckT): string {
    const rows = lines.map((line) => {
        const facts = factsOf(line, t);
        const said = [`${t(`line.${line.id}`)}: ${t(`status.${line.status}`)}`, ...(facts.length > 0 ? [`(${facts.join(', ')})`] : [])].join(' ');
        const why = whyOf(line, t);
        return why === undefined ? said : `${said}\n    ${why}`;
    });
    return [
        t(`verdict.${verdict}`),
        t('report.server', { server }),
        t('report.browser', { browser: userAgent }),
        t('report.time', { time: startedAt }),
        '',
        ...rows,
    ].join('\n');
}
