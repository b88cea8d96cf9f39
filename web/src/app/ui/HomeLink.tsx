import { useT } from '../i18n';
import { useFrame } from '../lib/frame';
import { HomeIcon } from './icons';

/** The way to the home page; none out of a page of somebody else's. */
export function HomeLink({ className }: { readonly className: string }) {
    const t = useT();
    const { embedded } = useFrame();
    return embedded ? null : (
        <a className={className} href="/" data-testid="home-button"><HomeIcon size={20} />{t('common.homePage')}</a>
    );
}
