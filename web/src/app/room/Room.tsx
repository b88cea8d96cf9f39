import { useCallback, useEffect, useRef, useState } from 'react';
import { useT, type Translate } from '../i18n';
import type { CloseReason } from '../../sdk';
import type { MeetingHandle } from '../lib/meetingHandle';
import type { Draft } from '../chat/draft';
import { useOutbox } from '../chat/useOutbox';
import { useUnread } from '../chat/useUnread';
import { errorText } from '../lib/errorText';
import { usePageTitle } from '../lib/usePageTitle';
import { tilesOf } from '../lib/tiles';
import type { Camera } from '../media/useBlur';
import type { Device } from '../media/useDevice';
import { useHost, type Host } from '../people/useHost';
import { useStatistics } from '../quality/useStatistics';
import { Stage } from '../stage/Stage';
import { nextView, stageMenu } from '../stage/stageMenu';
import { useStage } from '../stage/useStage';
import type { MenuItem } from '../ui/Menu';
import { Main } from '../ui/Main';
import { EndIcon } from '../ui/icons';
import { AloneCard } from './AloneCard';
import { ConnectionBanner } from './ConnectionBanner';
import { Controls } from './Controls';
import { FloatingReactions } from './FloatingReactions';
import { MoreMenu } from './MoreMenu';
import { PanelButtons } from './PanelButtons';
import { ReactionButton } from './ReactionButton';
import { RoomDialogs } from './RoomDialogs';
import { RoomInfo } from './RoomInfo';
import { preloadPanels, RoomPanels } from './RoomPanels';
import { listPeople, selfAsPerson } from './self';
import { SoundNotes } from './SoundNotes';
import { Toasts } from './Toasts';
import { useDialog, type DialogState } from './useDialog';
import { useHostNews } from './useHostNews';
import { usePanel } from './usePanel';
import { usePublishing } from './usePublishing';
import { useRoomNews } from './useRoomNews';
import { useRoomSound } from './useRoomSound';
import { useScreenShare } from './useScreenShare';
import { useShortcuts } from './useShortcuts';
import { useSnapshot } from './useSnapshot';
import { useToasts, type Say } from './useToasts';

interface Props {
    readonly meeting: MeetingHandle;
    readonly link: string;
    readonly code: string;
    readonly camera: Camera;
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
    const draft = useRef<Draft>({ text: '', to: undefined });
    const [reacting, setReacting] = useState(false);
    const unread = useUnread(snapshot.chat, meeting.self.id, panel.open === 'chat');
    const screen = useScreenShare(meeting, snapshot.local.screens.length > 0, say);
    const sayError = useCallback((error: unknown) => say(errorText(error), { tone: 'error' }), [say]);

    const host = useHost(meeting, snapshot.self.role === 'host', sayError);
    const chatOpen = panel.open === 'chat';
    const outbox = useOutbox(meeting, (error) => chatOpen || sayError(error));
    const raised = snapshot.self.hand !== undefined;
    const raise = (up: boolean) => void meeting.raiseHand(up).catch(sayError);

    const self = selfAsPerson(meeting, snapshot, camera, microphone);
    const stage = useStage(meeting, snapshot, tilesOf(self, snapshot.participants), useCallback(() => say(t('stage.pipFailed')), [say, t]));
    const statistics = useStatistics(panel);

    usePublishing(meeting, camera, microphone, sayError);
    useRoomNews(meeting, chatOpen, say);
    useHostNews(meeting, camera, microphone, host, say);
    useEffect(preloadPanels, []);
    const sound = useRoomSound(microphone, say);
    useDeviceNews(camera, say);
    useDeviceNews(microphone, say);
    useBlurNews(camera, say);
    useTitle(unread);
    useShortcuts({
        m: () => microphone.turn(!microphone.on),
        v: () => camera.turn(!camera.on),
        s: () => screen.supported && screen.toggle(),
        c: () => panel.toggle('chat'),
        p: () => panel.toggle('people'),
        h: () => raise(!raised),
        r: () => setReacting(true),
        g: () => stage.view.choose(nextView(stage.view.view)),
        f: () => stage.fullScreen.supported && stage.fullScreen.toggle(),
        i: statistics.toggle,
        '?': () => dialog.show('shortcuts'),
        Escape: panel.close,
    });

    const { state, closeReason } = snapshot;
    useEffect(() => {
        if (state === 'closed') {
            onClosed(closeReason ?? 'left');
        }
    }, [state, closeReason, onClosed]);

    const leave = () => {
        void meeting.leave().catch(() => undefined);
        onClosed('left');
    };

    return (
        <div className={panel.open === undefined ? 'room' : 'room room--panel'} data-testid="room" data-state={state}>
            <Main className="room__stage" aria-label={t('room.participants')}>
                <h1 className="visually-hidden">{t('room.title')}</h1>
                <ConnectionBanner snapshot={snapshot} server={link} />
                <Stage meeting={meeting} snapshot={snapshot} state={stage} onDetails={statistics.show} />
                {snapshot.participants.length === 0 && panel.open !== 'people' && <AloneCard link={link} code={code} />}
                <FloatingReactions snapshot={snapshot} />
                <Toasts toasts={toasts} onClose={close} />
                <SoundNotes sound={sound} microphone={microphone} onSettings={() => dialog.show('settings')} />
            </Main>
            <RoomPanels panel={panel} snapshot={snapshot} people={listPeople(self, snapshot)} outbox={outbox} draft={draft} host={host}
                link={link} code={code} quality={stage.quality} statistics={statistics} />
            <RoomDialogs dialog={dialog} host={host} />
            <footer className="room__bar">
                <RoomInfo link={link} code={code} people={snapshot.participants.length + 1} say={say} />
                <Controls camera={camera} microphone={microphone} screen={screen} onLeave={leave}>
                    <ReactionButton open={reacting} raised={raised} onOpen={setReacting} onRaise={raise}
                        onReact={(emoji) => void meeting.react(emoji).catch(sayError)} />
                    <PanelButtons panel={panel} unread={unread} waiting={snapshot.waiting.length} />
                    <MoreMenu dialog={dialog} groups={[...stageMenu(t, { ...stage, statistics }), ...hostActions(host, dialog, t)]} />
                </Controls>
            </footer>
        </div>
    );
}

/** What a host may do about the whole meeting, and nobody else sees. */
function hostActions(host: Host | undefined, dialog: DialogState, t: Translate): MenuItem[][] {
    return host === undefined ? [] : [[
        { id: 'end', label: t('people.endForAll'), icon: <EndIcon />, danger: true, onSelect: () => dialog.show('end') },
    ]];
}

/** What happens to a device during the meeting; before it, the page itself shows it. */
function useDeviceNews({ error, news }: Device, say: Say): void {
    const t = useT();
    const told = useRef({ error, news });
    useEffect(() => {
        if (error !== undefined && error !== told.current.error) {
            say(errorText(error), { tone: 'error' });
        }
        if (news !== undefined && news !== told.current.news) {
            say(t(`sound.switched.${news.why}`, { label: news.label }));
        }
        told.current = { error, news };
    }, [error, news, say, t]);
}

/** A blur that was wanted and cannot be, or not any more. */
function useBlurNews({ blur: { trouble } }: Camera, say: Say): void {
    const t = useT();
    useEffect(() => {
        if (trouble !== undefined) {
            say(t(`sound.blurTrouble.${trouble}`), { tone: 'error' });
        }
    }, [trouble, say, t]);
}

function useTitle(unread: number): void {
    const t = useT();
    usePageTitle(unread > 0 ? t('room.pageTitleUnread', { count: unread }) : t('room.pageTitle'));
}
