import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ParleyClient } from '../sdk';
import { roomIdOf } from './lib/invitation';
import { takeCodeFromAddress } from './lib/takeCode';
import { BadLink } from './lobby/BadLink';
import { MeetingApp } from './room/MeetingApp';
import './styles/common.css';
import './styles/meeting.css';

const root = document.getElementById('root');
const roomId = roomIdOf(window.location.search);
const client = new ParleyClient();

if (roomId !== undefined) {
    takeCodeFromAddress(roomId);
}
if (root !== null) {
    createRoot(root).render(
        <StrictMode>
            {roomId === undefined
                ? <BadLink />
                : <MeetingApp roomId={roomId} join={(entry) => client.join({ roomId, ...entry })} />}
        </StrictMode>,
    );
}
