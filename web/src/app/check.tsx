import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { checkConnection } from '../sdk/check';
import { CheckPage } from './check/CheckPage';
import { currentLanguage, startLanguage } from './i18n';
import { checkTexts } from './i18n/check';
import { startServiceWorker } from './lib/serviceWorker';
import { chosenTheme, showTheme } from './lib/theme';
import './styles/common.css';
import './styles/check.css';

const root = document.getElementById('root');
startServiceWorker();
showTheme(chosenTheme());
await startLanguage();
const texts = await checkTexts(currentLanguage());
if (root !== null) {
    createRoot(root).render(<StrictMode><CheckPage run={checkConnection} texts={texts} /></StrictMode>);
}
