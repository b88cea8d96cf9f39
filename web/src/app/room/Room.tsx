import { useCallback, useEffect, useRef } from 'react';
import { useT } from '../i18n';
import type { CloseReason } from '../../sdk';
import type { MeetingHandle } from '../lib/meetingHandle';
import { ChatPanel } from '../chat/ChatPanel';
import { useUnread } from '../chat/useUnread';
import { errorText } from '../lib/errorText';
import { tilesOf } from '../lib/tiles';
import type { Device } from '../media/useDevice';
import { AloneCard } from './AloneCard';
import { Controls } from './Controls';
import { MoreMenu } from './MoreMenu';
import { PanelButtons } from './PanelButtons';
import { PeoplePanel } from './PeoplePanel';
import { RemoteAudio } from './RemoteAudio';
import { RoomDialogs } from './RoomDialogs';
import { RoomInfo } from './RoomInfo';
import { listPeople, selfAsPerson } from './self';
import { SidePanel } from './SidePanel';
import { Stage } from './Stage';
import { Toasts } from './Toasts';
import { useDialog } from './useDialog';
import { usePanel } from './usePanel';
import { usePublishing } from './usePublishing';
import { useRoomNews } from './useRoomNews';
import { useScreenShare } from './useScreenShare';
import { useShortcuts } from './useShortcuts';
import { useSnapshot } from './useSnapshot';
import { useToasts } from './useToasts';

interface Props {
    readonly meeting: MeetingHandle;
    readonly link: string;
    readonly code: string;
    readonly camera: Device;
    readonly microphone: Device;
    readonly onClosed: (reason: CloseReason) => void;
}

/** The meeting itself. */
export function Room({ meeting, link, code, camera, microphone, onClosed }: Props) {
    const t = useT();
    const snapshot = useSnapshot(meeting);
    const panel = usePanel();
    const dialog = useDialog();
    const { toasts, say, close } = useToasts();
    const draft = useRef('');
    const unread = useUnread(snapshot.chat, meeting.self.id, panel.open === 'chat');
    const screen = useScreenShare(meeting, snapshot.local.screens.length > 0, say);
    const sayError = useCallback((error: unknown) => say(errorText(error), { tone: 'error' }), [say]);

    usePublishing(meeting, camera, microphone, sayError);
    useRoomNews(meeting, panel.open === 'chat', say);
    useDeviceNews(camera, sayError);
    useDeviceNews(microphone, sayError);
    useTitle(unread);
    useShortcuts({
        m: () => microphone.turn(!microphone.on),
        v: () => camera.turn(!camera.on),
        s: () => screen.supported && screen.toggle(),
        c: () => panel.toggle('chat'),
        p: () => panel.toggle('people'),
        '?': () => dialog.show('shortcuts'),
        Escape: panel.close,
    });

    const { state, closeReason } = snapshot;
    useEffect(() => {
        if (state === 'closed') {
            onClosed(closeReason ?? 'left');
        }
    }, [state, closeReason, onClosed]);

    const self = selfAsPerson(meeting, snapshot, camera, microphone);
    const leave = () => {
        void meeting.leave().catch(() => undefined);
        onClosed('left');
    };

    return (
        <div className={panel.open === undefined ? 'room' : 'room room--panel'} data-testid="room" data-state={state}>
            <main className="room__stage" aria-label={t('room.participants')}>
                <h1 className="visually-hidden">{t('room.title')}</h1>
                {state === 'reconnecting' && (
                    <div className="banner" role="status" data-testid="reconnecting">
                        <span className="spinner" aria-hidden="true" />{t('room.reconnecting')}
                    </div>
                )}
                <Stage tiles={tilesOf(self, snapshot.participants)} />
                {snapshot.participants.length === 0 && panel.open !== 'people' && <AloneCard link={link} code={code} />}
                <Toasts toasts={toasts} onClose={close} />
                <RemoteAudio participants={snapshot.participants} />
            </main>
            {panel.open === 'chat' && (
                <SidePanel key="chat" title={t('room.chat')} closeLabel={t('room.closeChat')} testId="chat-panel" onClose={panel.close}>
                    <ChatPanel messages={snapshot.chat} selfId={meeting.self.id} draft={draft}
                        onSend={(text) => meeting.sendChat(text)} />
                </SidePanel>
            )}
            {panel.open === 'people' && (
                <SidePanel key="people" title={t('room.people')} closeLabel={t('room.closePeople')} testId="participants-panel" onClose={panel.close}>
                    <PeoplePanel people={listPeople(self, snapshot)} link={link} code={code} />
                </SidePanel>
            )}
            <RoomDialogs dialog={dialog} />
            <footer className="room__bar">
                <RoomInfo link={link} code={code} people={snapshot.participants.length + 1} say={say} />
                <Controls camera={camera} microphone={microphone} screen={screen} onLeave={leave}>
                    <PanelButtons panel={panel} unread={unread} />
                    <MoreMenu dialog={dialog} />
                </Controls>
            </footer>
        </div>
    );
}

/** What goes wrong with a device during the meeting; before it, the page itself shows it. */
function useDeviceNews(device: Device, sayError: (error: unknown) => void): void {
    const told = useRef(device.error);
    useEffect(() => {
        if (device.error !== undefined && device.error !== told.current) {
            sayError(device.error);
        }
        told.current = device.error;
    }, [device.error, sayError]);
}

function useTitle(unread: number): void {
    const t = useT();
    useEffect(() => {
        document.title = unread > 0 ? t('room.pageTitleUnread', { count: unread }) : t('room.pageTitle');
    }, [t, unread]);
}
