import { useT } from '../i18n';
import { ChatIcon, PeopleIcon } from '../ui/icons';
import { ControlButton } from './ControlButton';
import type { Panel } from './usePanel';

interface Props {
    readonly panel: Panel;
    readonly unread: number;
    /** People in the lobby, for hosts. */
    readonly waiting: number;
}

export function PanelButtons({ panel, unread, waiting }: Props) {
    const t = useT();
    const peopleOpen = panel.open === 'people';
    const chatOpen = panel.open === 'chat';
    return (
        <>
            <ControlButton ref={panel.buttons.people} label={t('room.people')} hint={t(peopleOpen ? 'room.peopleHide' : 'room.peopleShow')}
                shortcut="p" testId="participants-button" icon={<PeopleIcon />} pressed={peopleOpen}
                badge={waiting} badgeText={t('people.waiting', { count: waiting })}
                tone={peopleOpen ? 'active' : 'plain'} onClick={() => panel.toggle('people')} />
            <ControlButton ref={panel.buttons.chat} label={t('room.chat')} hint={t(chatOpen ? 'room.chatHide' : 'room.chatShow')} shortcut="c"
                testId="chat-button" icon={<ChatIcon />} pressed={chatOpen} badge={unread}
                tone={chatOpen ? 'active' : 'plain'} onClick={() => panel.toggle('chat')} />
        </>
    );
}
