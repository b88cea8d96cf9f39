import { useEffect, useRef, useState } from 'react';
import { useT } from '../i18n';
import { playSound, recordSound, type Running } from '../../sdk/sound';

const SECONDS = 3;

type Step = 'ready' | 'recording' | 'playing' | 'failed';

/** Records three seconds and plays them back: how one sounds to the others. Nobody else hears it. */
export function MicrophoneTest({ track, speakerId }: { readonly track: MediaStreamTrack | undefined; readonly speakerId: string }) {
    const t = useT();
    const [step, setStep] = useState<Step>('ready');
    const running = useRef<Running<unknown>>(undefined);
    useEffect(() => () => running.current?.stop(), [track]);

    const test = async (microphone: MediaStreamTrack) => {
        try {
            setStep('recording');
            const recording = recordSound(microphone, SECONDS * 1000);
            running.current = recording;
            const sound = await recording.done;
            setStep('playing');
            const playing = playSound(sound, speakerId);
            running.current = playing;
            await playing.done;
            setStep('ready');
        } catch {
            setStep('failed');
        }
    };

    const busy = step === 'recording' || step === 'playing';
    return (
        <div className="mic-test" data-testid="mic-test" data-step={step}>
            <button type="button" className="button button--soft" data-testid="mic-test-button" disabled={track === undefined}
                onClick={() => (busy ? running.current?.stop() : track && void test(track))}>
                {step === 'recording' ? t('sound.testStop') : step === 'playing' ? t('sound.testStop') : t('sound.test')}
            </button>
            <span className="field__hint" role="status">
                {step === 'recording' ? t('sound.testRecording') : step === 'playing' ? t('sound.testPlaying')
                    : step === 'failed' ? t('sound.testFailed') : t('sound.testHint')}
            </span>
            {busy && <span className={`mic-test__bar mic-test__bar--${step}`} aria-hidden="true" />}
        </div>
    );
}
