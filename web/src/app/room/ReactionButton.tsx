import { useCallback, useRef } from 'react';
import { useT } from '../i18n';
import { HandIcon, SmileIcon } from '../ui/icons';
import { Popover } from '../ui/Popover';
import { ControlButton } from './ControlButton';
import { REACTIONS } from './reactions';

interface Props {
    readonly open: boolean;
    readonly raised: boolean;
    readonly onOpen: (open: boolean) => void;
    readonly onReact: (emoji: string) => void;
    readonly onRaise: (raised: boolean) => void;
}

/** Reactions and the raised hand. */
export function ReactionButton({ open, raised, onOpen, onReact, onRaise }: Props) {
    const t = useT();
    const button = useRef<HTMLButtonElement>(null);
    const close = useCallback(() => onOpen(false), [onOpen]);
    const done = (action: () => void) => () => {
        button.current?.focus();
        close();
        action();
    };

    return (
        <>
            <ControlButton ref={button} label={t(raised ? 'room.handUp' : 'room.react')} hint={t('room.reactHint')} shortcut="r"
                testId="react-button" icon={raised ? <HandIcon /> : <SmileIcon />} menu={open} tone={raised ? 'active' : 'plain'}
                onClick={() => onOpen(!open)} />
            {open && (
                <Popover label={t('room.reactHint')} anchor={button} onClose={close} className="reactions" testId="reactions">
                    <div className="reactions__row">
                        {REACTIONS.map((emoji) => (
                            <button key={emoji} type="button" className="emoji__one" onClick={done(() => onReact(emoji))}>
                                {emoji}
                            </button>
                        ))}
                    </div>
                    <button type="button" className="button button--soft button--wide" data-testid="hand-button"
                        aria-pressed={raised} aria-keyshortcuts="h" onClick={done(() => onRaise(!raised))}>
                        <HandIcon size={20} />{t(raised ? 'room.handLower' : 'room.handRaise')}
                    </button>
                </Popover>
            )}
        </>
    );
}
