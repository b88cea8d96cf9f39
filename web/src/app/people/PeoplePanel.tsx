import { useState } from 'react';
import type { MeetingSnapshot } from '../../sdk';
import { useT } from '../i18n';
import { SidePanel } from '../room/SidePanel';
import { HostControls } from './HostControls';
import { InviteBox } from './InviteBox';
import type { ListedPerson } from './listedPerson';
import type { PersonActions } from './personActions';
import { PersonRow } from './PersonRow';
import { RemoveDialog } from './RemoveDialog';
import type { Host } from './useHost';
import { WaitingList } from './WaitingList';

/** After every raised hand. */
const LAST = Number.MAX_SAFE_INTEGER;

interface Props {
    readonly people: readonly ListedPerson[];
    readonly snapshot: MeetingSnapshot;
    readonly link: string;
    readonly code: string;
    readonly host: Host | undefined;
    readonly onWrite: (person: ListedPerson) => void;
    readonly onClose: () => void;
}

/** Who is here and in what state, what hosts may do about it, and how others get in. Loaded when it is opened. */
export function PeoplePanel({ people, snapshot, link, code, host, onWrite, onClose }: Props) {
    const t = useT();
    const [removing, setRemoving] = useState<ListedPerson>();
    const actions: PersonActions = { host, onWrite, onRemove: setRemoving };
    // Raised hands first, in their order; the others stay where they are.
    const sorted = people.toSorted((a, b) => (a.hand ?? LAST) - (b.hand ?? LAST));

    return (
        <SidePanel title={t('room.people')} closeLabel={t('room.closePeople')} testId="participants-panel" onClose={onClose}>
            <div className="panel__scroll">
                {host !== undefined && snapshot.waiting.length > 0 && <WaitingList waiting={snapshot.waiting} host={host} />}
                <ul className="people" data-testid="participants-list" aria-label={t('room.participants')}>
                    {sorted.map((person) => <PersonRow key={person.id} person={person} actions={actions} />)}
                </ul>
            </div>
            {host !== undefined && <HostControls settings={snapshot.room} hands={snapshot.hands.length} host={host} />}
            <InviteBox link={link} code={code} />
            {removing !== undefined && host !== undefined && (
                <RemoveDialog name={removing.name} onCancel={() => setRemoving(undefined)} onRemove={(block) => {
                    setRemoving(undefined);
                    host.remove(removing.id, { block });
                }} />
            )}
        </SidePanel>
    );
}

export default PeoplePanel;
