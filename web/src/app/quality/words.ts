import type { Translate } from '../i18n';
import type { Verdict } from './verdict';

/** What is wrong and on whose side, in words; undefined while nothing is. */
export function troubleText(t: Translate, verdict: Verdict, name: string): string | undefined {
    if (!('trouble' in verdict)) {
        return undefined;
    }
    switch (verdict.trouble) {
        case 'interrupted':
            return t('quality.own.interrupted');
        case 'delay':
            return t('quality.own.delay');
        case 'busy':
            return t('quality.own.busy');
        case 'slow':
            return verdict.side === 'own' ? t('quality.own.slow') : t('quality.other.slow', { name });
        case 'loss':
            return verdict.side === 'own' ? t('quality.own.loss') : t(`quality.${verdict.side}.loss`, { name });
        case 'silent':
            return t(`quality.${verdict.side}.silent`, { name });
        case 'frozen':
            return t('quality.unknown.frozen', { name });
    }
}
