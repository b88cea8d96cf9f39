import type { RefObject } from 'react';
import { useT } from '../../i18n';
import { Popover } from '../../ui/Popover';
import { EMOJI } from './data';

interface Props {
    readonly anchor: RefObject<HTMLElement | null>;
    readonly onClose: () => void;
    readonly onPick: (emoji: string) => void;
}

/** Screen readers say an emoji's name by themselves, in the language of the page. */
export function EmojiPicker({ anchor, onClose, onPick }: Props) {
    const t = useT();
    return (
        <Popover label={t('chat.emoji')} anchor={anchor} onClose={onClose} className="emoji" testId="emoji-picker">
            {EMOJI.map(({ group, all }) => (
                <section key={group} aria-label={t(`chat.emoji.${group}`)}>
                    <h3 className="emoji__title" aria-hidden="true">{t(`chat.emoji.${group}`)}</h3>
                    <div className="emoji__grid">
                        {all.map((emoji) => (
                            <button key={emoji} type="button" className="emoji__one" onClick={() => onPick(emoji)}>{emoji}</button>
                        ))}
                    </div>
                </section>
            ))}
        </Popover>
    );
}

export default EmojiPicker;
