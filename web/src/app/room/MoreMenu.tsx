import { useCallback, useRef, useState } from 'react';
import { useT } from '../i18n';
import { Menu, type MenuItem } from '../ui/Menu';
import { KeyboardIcon, MoreIcon, SettingsIcon } from '../ui/icons';
import { ControlButton } from './ControlButton';
import type { DialogState } from './useDialog';

interface Props {
    readonly dialog: DialogState;
    /** What belongs here beside settings and help; each group apart from the others. */
    readonly groups?: readonly (readonly MenuItem[])[];
}

/** The last button of the bar: everything that is not needed all the time. */
export function MoreMenu({ dialog, groups = [] }: Props) {
    const t = useT();
    const button = useRef<HTMLButtonElement>(null);
    const [open, setOpen] = useState(false);
    const close = useCallback(() => setOpen(false), []);
    const own: MenuItem[] = [
        { id: 'settings', label: t('settings.title'), icon: <SettingsIcon />, onSelect: () => dialog.show('settings') },
        { id: 'shortcuts', label: t('help.title'), icon: <KeyboardIcon />, shortcut: '?', onSelect: () => dialog.show('shortcuts') },
    ];

    return (
        <>
            <ControlButton ref={button} label={t('room.more')} hint={t('room.moreHint')} testId="more-button" icon={<MoreIcon />}
                menu={open} onClick={() => setOpen(!open)} />
            {open && <Menu label={t('room.moreHint')} groups={[...groups, own]} anchor={button} onClose={close} />}
        </>
    );
}
