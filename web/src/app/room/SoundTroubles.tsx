import { useState } from 'react';
import { useT, type Translate } from '../i18n';
import type { HearingTrouble, SoundView, SpeakingTrouble } from '../../sdk';
import { CloseIcon, WarningIcon } from '../ui/icons';

interface Props {
    readonly view: SoundView;
    readonly onSettings: () => void;
}

/** What is wrong with the sound and could not be repaired, in words, with what the person can do about it. */
export function SoundTroubles({ view, onSettings }: Props) {
    const t = useT();
    const [dismissed, setDismissed] = useState<readonly string[]>([]);
    const { speaking } = view;
    const troubles = [
        ...(speaking === undefined ? [] : [{ key: speaking, text: speakingText(t, speaking), settings: speaking === 'gone' || speaking === 'silent' }]),
        // A click cures that one, and has a button of its own.
        ...view.hearing.filter(({ trouble }) => trouble !== 'blocked').map((trouble) => (
            { key: `${trouble.participantId} ${trouble.trouble}`, text: hearingText(t, trouble), settings: false })),
    ];
    const shown = troubles.filter(({ key }) => !dismissed.includes(key));
    return (
        <div className="troubles" role="status" data-testid="sound-troubles">
            {shown.slice(0, MOST).map(({ key, text, settings }) => (
                <div className="trouble" key={key} data-testid="sound-trouble" data-trouble={key}>
                    <WarningIcon size={20} />
                    <span className="trouble__text">{text}</span>
                    {settings && <button type="button" className="trouble__action" onClick={onSettings}>{t('settings.title')}</button>}
                    <button type="button" className="trouble__close" aria-label={t('common.dismiss')}
                        onClick={() => setDismissed((old) => [...old, key])}>
                        <CloseIcon size={16} />
                    </button>
                </div>
            ))}
        </div>
    );
}

const MOST = 2;

function speakingText(t: Translate, trouble: SpeakingTrouble): string {
    switch (trouble) {
        case 'gone': return t('sound.trouble.gone');
        case 'muted-by-system': return t('sound.trouble.mutedBySystem');
        case 'silent': return t('sound.trouble.silent');
        case 'unsent': return t('sound.trouble.unsent');
    }
}

function hearingText(t: Translate, { trouble, name }: HearingTrouble): string {
    switch (trouble) {
        case 'blocked': return t('room.tapToHear');
        case 'output-stopped': return t('sound.trouble.outputStopped', { name });
        case 'interrupted': return t('sound.trouble.interrupted');
        case 'undecoded': return t('sound.trouble.undecoded', { name });
        case 'nothing-arrives': return t('sound.trouble.nothingArrives', { name });
    }
}
