import { lazy, Suspense, useState } from 'react';
import { useT } from '../i18n';
import { useFrame } from '../lib/frame';
import { Brand } from './Brand';
import { SettingsIcon } from './icons';

const SettingsDialog = lazy(() => import('../settings/SettingsDialog'));

/** The top of every page that is read, with language and colours in reach. */
export function PageHeader() {
    const t = useT();
    const { embedded } = useFrame();
    const [open, setOpen] = useState(false);

    return (
        <header className="page__header">
            {embedded ? <Brand /> : <Brand href="/" />}
            <button type="button" className="icon-button" aria-label={t('settings.title')} title={t('settings.title')}
                data-testid="settings-button" onClick={() => setOpen(true)}>
                <SettingsIcon />
            </button>
            <Suspense>{open && <SettingsDialog onClose={() => setOpen(false)} />}</Suspense>
        </header>
    );
}
