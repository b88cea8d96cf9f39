import { useState } from 'react';
import { chooseLanguage, isLanguage, LANGUAGES, useLanguage, useT } from '../i18n';
import { useFrame } from '../lib/frame';
import { preferences } from '../lib/storage';
import { chosenTheme, chooseTheme, isTheme, THEMES } from '../lib/theme';
import { SettingSelect } from './SettingSelect';
import { SettingSwitch } from './SettingSwitch';

/** Language, colours and keys. */
export function AppearanceSettings() {
    const t = useT();
    const language = useLanguage();
    const { root } = useFrame();
    const [theme, setTheme] = useState(chosenTheme);
    const [shortcuts, setShortcuts] = useState(preferences.shortcuts);

    return (
        <section className="settings" aria-labelledby="settings-appearance">
            <h3 className="settings__title" id="settings-appearance">{t('settings.appearance')}</h3>
            <SettingSelect label={t('settings.language')} testId="language-select" value={language}
                options={Object.entries(LANGUAGES).map(([value, name]) => ({ value, name, lang: value }))}
                onChange={(value) => { if (isLanguage(value)) void chooseLanguage(value); }} />
            <SettingSelect label={t('settings.theme')} testId="theme-select" value={theme}
                options={THEMES.map((value) => ({ value, name: t(`settings.theme.${value}`) }))}
                onChange={(value) => {
                    if (isTheme(value)) {
                        setTheme(value);
                        chooseTheme(value, root());
                    }
                }} />
            <SettingSwitch label={t('settings.shortcuts')} hint={t('settings.shortcutsHint')} testId="shortcuts-switch" on={shortcuts}
                onChange={(on) => {
                    setShortcuts(on);
                    preferences.rememberShortcuts(on);
                }} />
        </section>
    );
}
