import { lazy, Suspense, type RefObject } from 'react';
import type { MeetingSnapshot } from '../../sdk';
import type { Draft } from '../chat/draft';
import type { Outbox } from '../chat/useOutbox';
import type { ListedPerson } from '../people/listedPerson';
import type { Host } from '../people/useHost';
import type { QualityMonitor } from '../quality/QualityMonitor';
import type { Statistics } from '../quality/useStatistics';
import type { Panel } from './usePanel';

const loadChat = () => import('../chat/ChatPanel');
const loadPeople = () => import('../people/PeoplePanel');
const ChatPanel = lazy(loadChat);
const PeoplePanel = lazy(loadPeople);
const StatsPanel = lazy(() => import('../quality/StatsPanel'));

/** Fetches the panels before somebody opens them, once the meeting itself is there. */
export function preloadPanels(): void {
    void Promise.all([loadChat(), loadPeople()]).catch(() => undefined);
}

interface Props {
    readonly panel: Panel;
    readonly snapshot: MeetingSnapshot;
    readonly people: readonly ListedPerson[];
    readonly outbox: Outbox;
    readonly draft: RefObject<Draft>;
    readonly host: Host | undefined;
    readonly link: string;
    readonly code: string;
    readonly quality: QualityMonitor;
    readonly statistics: Statistics;
}

/** The panel that is open, if one is. */
export function RoomPanels({ panel, snapshot, people, outbox, draft, host, link, code, quality, statistics }: Props) {
    const write = ({ id, name }: ListedPerson) => {
        draft.current.to = { id, name };
        panel.toggle('chat');
    };
    return (
        <Suspense>
            {panel.open === 'chat' && <ChatPanel snapshot={snapshot} outbox={outbox} draft={draft} onClose={panel.close} />}
            {panel.open === 'people' && (
                <PeoplePanel people={people} snapshot={snapshot} link={link} code={code} host={host} onWrite={write} onClose={panel.close} />
            )}
            {panel.open === 'stats' && <StatsPanel monitor={quality} people={people} statistics={statistics} onClose={panel.close} />}
        </Suspense>
    );
}
