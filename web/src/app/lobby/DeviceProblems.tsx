import { useT } from '../i18n';
import { deviceText, type DeviceProblem } from '../lib/deviceText';
import type { Device } from '../media/useDevice';
import { Notice } from '../ui/Notice';

/** What is wrong with camera and microphone, what to do about it, and that one may come in all the same. */
export function DeviceProblems({ camera, microphone }: { readonly camera: Device; readonly microphone: Device }) {
    const t = useT();
    const problems = problemsOf(camera, microphone);
    if (problems.length === 0) {
        return null;
    }
    const again = (problem: DeviceProblem) => problem.devices.forEach((kind) => (kind === 'camera' ? camera : microphone).turn(true));
    return (
        <div className="problems" data-testid="device-error">
            {problems.map((problem) => {
                const { title, advice } = deviceText(problem);
                return (
                    <Notice key={problem.devices.join()} title={title}>
                        <span data-kind={problem.kind}>{advice}</span>
                        <button type="button" className="notice__action" onClick={() => again(problem)}>{t('common.tryAgain')}</button>
                    </Notice>
                );
            })}
            <p className="field__hint">{t('lobby.without')}</p>
        </div>
    );
}

function problemsOf(camera: Device, microphone: Device): DeviceProblem[] {
    if (camera.error !== undefined && camera.error.kind === microphone.error?.kind) {
        return [{ kind: camera.error.kind, devices: ['camera', 'microphone'] }];
    }
    return [camera, microphone].flatMap(({ kind, error }) => (error === undefined ? [] : [{ kind: error.kind, devices: [kind] }]));
}
