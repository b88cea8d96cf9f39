import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startServiceWorker } from './lib/serviceWorker';
import { chosenTheme, showTheme } from './lib/theme';
import { startLanguage } from './i18n';
import { HomePage } from './home/HomePage';
import './styles/common.css';
import './styles/home.css';
import './styles/scene.css';

const root = document.getElementById('root');
startServiceWorker();
showTheme(chosenTheme());
await startLanguage();
if (root !== null) {
    createRoot(root).render(<StrictMode><HomePage /></StrictMode>);
}
