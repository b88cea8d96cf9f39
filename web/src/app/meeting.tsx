import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startServiceWorker } from './lib/serviceWorker';
import { chosenTheme, showTheme } from './lib/theme';
import { startLanguage } from './i18n';
import { parleyClient } from './lib/client';
import { roomIdOf } from './lib/invitation';
import { takeSecretsFromAddress } from './lib/takeSecrets';
import type { Entry } from './lobby/JoinCard';
import { BadLink } from './lobby/BadLink';
import { MeetingApp } from './room/MeetingApp';
import './styles/common.css';
import './styles/meeting.css';

const root = document.getElementById('root');
const roomId = roomIdOf(window.location.search);

/** A host needs no code. */
function secretsOf({ name, code, hostToken }: Entry) {
    return { name, ...(code !== '' && { code }), ...(hostToken !== undefined && { hostToken }) };
}

if (roomId !== undefined) {
    takeSecretsFromAddress(roomId);
    // It arrives, and connects, while name and code are being entered.
    void parleyClient().then((client) => client.connect()).catch(() => undefined);
}
startServiceWorker();
showTheme(chosenTheme());
await startLanguage();
if (root !== null) {
    createRoot(root).render(
        <StrictMode>
            {roomId === undefined
                ? <BadLink />
                : <MeetingApp roomId={roomId} join={async (entry, options) => (await parleyClient()).join({ roomId, ...secretsOf(entry), ...options })}
                        comeBack={async () => (await parleyClient()).return(roomId)} />}
        </StrictMode>,
    );
}
