import { useT } from '../i18n';
import { useMutedSpeech } from '../media/useMutedSpeech';
import type { Device } from '../media/useDevice';
import { MicOffIcon } from '../ui/icons';

/** Tells somebody who speaks into a muted microphone that nobody hears it. */
export function MutedHint({ microphone, pushToTalk }: { readonly microphone: Device; readonly pushToTalk: boolean }) {
    const t = useT();
    const { speaking, dismiss } = useMutedSpeech(microphone);
    return (
        <div role="status" className="muted-hint-place">
            {speaking && (
                <div className="muted-hint" data-testid="muted-hint">
                    <MicOffIcon size={20} />
                    <span>
                        <strong>{t('sound.youAreMuted')}</strong>
                        {pushToTalk && <span className="muted-hint__key">{t('sound.holdSpace')}</span>}
                    </span>
                    <button type="button" className="muted-hint__action" onClick={() => { dismiss(); microphone.turn(true); }}>
                        {t('room.unmute')}
                    </button>
                </div>
            )}
        </div>
    );
}
