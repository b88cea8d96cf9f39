import { useState } from 'react';
import { useT } from '../i18n';
import { playTestTone } from '../../sdk/sound';
import type { Speaker } from '../media/useSpeaker';
import { SoundIcon } from '../ui/icons';
import { deviceOptions } from './deviceOptions';
import { SettingSelect } from './SettingSelect';

/** Where the others are heard, if the browser lets one choose, and a sound to try it. */
export function SpeakerSettings({ speaker }: { readonly speaker: Speaker }) {
    const t = useT();
    const [playing, setPlaying] = useState(false);
    const choosable = speaker.supported && speaker.choices.length > 0;
    const play = () => {
        setPlaying(true);
        void playTestTone(speaker.id).done.catch(() => undefined).then(() => setPlaying(false));
    };
    const button = (
        <button type="button" className="button button--soft try" data-testid="speaker-test" disabled={playing} onClick={play}>
            <SoundIcon size={20} />{t('sound.testTone')}
        </button>
    );
    return choosable
        ? (
            <>
                <SettingSelect label={t('sound.speaker')} testId="speaker-select" value={speaker.id}
                    options={deviceOptions(speaker.choices, speaker.id, t('sound.standardSpeaker'))} onChange={speaker.choose} />
                {button}
            </>
        )
        : <div className="setting"><span className="setting__label">{t('sound.speaker')}</span>{button}</div>;
}
