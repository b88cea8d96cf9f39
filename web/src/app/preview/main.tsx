import { createRoot } from 'react-dom/client';
import { chosenTheme, showTheme } from '../lib/theme';
import { startLanguage } from '../i18n';
import { HomePage } from '../home/HomePage';
import { RoomReady } from '../home/RoomReady';
import { BadLink } from '../lobby/BadLink';
import { roomCodes, preferences } from '../lib/storage';
import { LeftPage } from '../room/LeftPage';
import { MeetingApp } from '../room/MeetingApp';
import { Room } from '../room/Room';
import { useBlur } from '../media/useBlur';
import { useDevice } from '../media/useDevice';
import { FakeMeeting } from './fakeMeeting';
import { personTrack } from './pictures';
import '../styles/common.css';
import '../styles/home.css';
import '../styles/scene.css';
import '../styles/meeting.css';

const ROOM = '08d8c6ad-ae80-4f33-9dc7-82d0b30f3e7a';
const LINK = `https://meet.example.org/meeting.html?room=${ROOM}`;
const query = new URLSearchParams(window.location.search);
const number = (key: string) => Number(query.get(key) ?? 0);
const flag = (key: string) => query.has(key);

/** Every view of the app with made-up people, for `npm run dev`: /preview.html?view=room&others=4. Not part of the build. */
function Preview() {
    switch (query.get('view')) {
        case 'home':
            return <HomePage />;
        case 'ready':
            return <div className="page"><RoomReady link={LINK} code="421690" hostLink={`${LINK}#host=x`} onGo={() => undefined} /></div>;
        case 'left':
            return <LeftPage reason="left" onRejoin={() => undefined} />;
        case 'bad':
            return <BadLink />;
        case 'lobby':
            return <MeetingApp roomId={ROOM} join={async () => Promise.reject({ code: 'room/refused' })} />;
        default:
            return <RoomPreview />;
    }
}

const meeting = new FakeMeeting({
    others: number('others'),
    shares: number('shares'),
    chat: flag('chat'),
    ownShare: flag('own'),
    reconnecting: flag('reconnecting'),
    ...(flag('speaker') && { speaker: number('speaker') }),
});
Object.assign(window, { meeting });

const openCamera = async () => personTrack(160);
const openMicrophone = async () => Promise.reject(new Error('none'));

function RoomPreview() {
    const camera = useBlur(useDevice('camera', openCamera));
    const microphone = useDevice('microphone', openMicrophone);
    return <Room meeting={meeting} link={LINK} code="421690" camera={camera} microphone={microphone} onClosed={() => undefined} />;
}

if (flag('code')) {
    roomCodes.remember(ROOM, '421690');
}
if (flag('name')) {
    preferences.rememberName('Johannes');
}
const root = document.getElementById('root');
showTheme(chosenTheme());
await startLanguage();
if (root !== null) {
    createRoot(root).render(<Preview />);
}
