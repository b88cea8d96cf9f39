import { useT } from '../i18n';
import { BadSignalIcon } from '../ui/stageIcons';
import type { QualityMonitor } from './QualityMonitor';
import { useVerdict } from './useQuality';
import { troubleText } from './words';

interface Props {
    readonly monitor: QualityMonitor;
    readonly participantId: string;
    readonly name: string;
    readonly onDetails: (participantId: string) => void;
}

/** Says on a tile what is wrong with the connection, and on whose side; nothing while all is well. Leads to the figures. */
export function QualityMark({ monitor, participantId, name, onDetails }: Props) {
    const t = useT();
    const verdict = useVerdict(monitor, participantId);
    const text = troubleText(t, verdict, name);
    if (text === undefined) {
        return null;
    }
    return (
        <button type="button" className={`quality quality--${verdict.level}`} data-testid="quality" title={text}
            onClick={() => onDetails(participantId)} onDoubleClick={(event) => event.stopPropagation()}>
            <BadSignalIcon size={17} /><span className="quality__text">{text}</span>
        </button>
    );
}
