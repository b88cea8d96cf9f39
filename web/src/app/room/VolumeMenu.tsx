import { useId, type KeyboardEvent, type RefObject } from 'react';
import { useT } from '../i18n';
import type { Source } from '../../sdk';
import { useLoudness } from '../media/meetingSound';
import { SoundIcon, SoundOffIcon } from '../ui/icons';
import { Popover } from '../ui/Popover';

interface Props {
    readonly participantId: string;
    readonly name: string;
    /** The person's voice, or the sound of a shared screen. */
    readonly source?: Extract<Source, 'microphone' | 'screenAudio'>;
}

/** {@link VolumeMenu} in a small window of its own, for an entry of somebody's menu. */
export function VolumePopover({ anchor, onClose, ...person }: Props & { readonly anchor: RefObject<HTMLElement | null>; readonly onClose: () => void }) {
    const t = useT();
    return (
        <Popover label={t('sound.volumeOf', { name: person.name })} anchor={anchor} onClose={onClose} testId="volume-popover" form>
            <VolumeMenu {...person} />
        </Popover>
    );
}

/** How loud one hears somebody, 0 to 200 %, and silence for oneself alone. For any menu; needs a SoundContext above it. */
export function VolumeMenu({ participantId, name, source = 'microphone' }: Props) {
    const t = useT();
    const id = useId();
    const [{ volume, muted }, setLoudness] = useLoudness(participantId, source);
    const percent = Math.round(volume * 100);
    return (
        <div className="volume" data-testid="volume-menu" data-participant-id={participantId}>
            <button type="button" className="icon-button volume__mute" aria-pressed={muted} data-testid="local-mute"
                aria-label={t('sound.muteForMe', { name })} title={t('sound.muteForMe', { name })}
                onClick={() => setLoudness({ volume, muted: !muted })}>
                {muted || volume === 0 ? <SoundOffIcon size={20} /> : <SoundIcon size={20} />}
            </button>
            <label className="visually-hidden" htmlFor={id}>{t('sound.volumeOf', { name })}</label>
            <input id={id} className="volume__slider" type="range" min={0} max={200} step={5} value={percent} list={`${id}-marks`}
                data-testid="volume-slider" aria-valuetext={t('sound.percent', { percent })} style={{ opacity: muted ? 0.45 : 1 }}
                onKeyDown={keepKeys}
                onChange={(event) => setLoudness({ volume: Number(event.target.value) / 100, muted: false })} />
            <datalist id={`${id}-marks`}><option value={100} /></datalist>
            <button type="button" className="volume__value" title={t('sound.volumeReset')} aria-label={t('sound.volumeReset')}
                disabled={percent === 100 && !muted} onClick={() => setLoudness({ volume: 1, muted: false })}>
                {muted ? t('sound.silent') : t('sound.percent', { percent })}
            </button>
        </div>
    );
}

/** The keys of a slider are not those of the window around it. */
function keepKeys(event: KeyboardEvent): void {
    if (event.key !== 'Escape' && event.key !== 'Tab') {
        event.stopPropagation();
    }
}
