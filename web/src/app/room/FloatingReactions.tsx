import type { CSSProperties } from 'react';
import type { MeetingSnapshot } from '../../sdk';
import { useT } from '../i18n';

/** Reactions of the last seconds, rising at the edge of the stage; who wants less motion sees them stand still. */
export function FloatingReactions({ snapshot }: { readonly snapshot: MeetingSnapshot }) {
    const t = useT();
    const { reactions, participants, self } = snapshot;
    const nameOf = (id: string) => (id === self.id ? t('common.you') : participants.find((person) => person.id === id)?.name ?? '');

    return (
        <div className="floating" data-testid="floating-reactions" aria-hidden="true">
            {reactions.map((reaction) => (
                <span key={reaction.id} className="floating__one" data-testid="reaction"
                    style={{ '--lane': String(reaction.id % 5) } as CSSProperties}>
                    <span className="floating__emoji">{reaction.emoji}</span>
                    <span className="floating__name">{nameOf(reaction.participantId)}</span>
                </span>
            ))}
        </div>
    );
}
