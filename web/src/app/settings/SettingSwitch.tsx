import { useId } from 'react';

interface Props {
    readonly label: string;
    readonly hint?: string;
    readonly on: boolean;
    readonly disabled?: boolean;
    readonly testId: string;
    readonly onChange: (on: boolean) => void;
}

/** On or off, in force at once. */
export function SettingSwitch({ label, hint, on, disabled = false, testId, onChange }: Props) {
    const id = useId();
    return (
        <div className="setting">
            <span className="setting__label">
                <label htmlFor={id}>{label}</label>
                {hint !== undefined && <span id={`${id}-hint`} className="setting__hint">{hint}</span>}
            </span>
            <button type="button" id={id} className="toggle" role="switch" aria-checked={on} data-testid={testId} disabled={disabled}
                aria-describedby={hint === undefined ? undefined : `${id}-hint`} onClick={() => onChange(!on)}>
                <span className="toggle__face" aria-hidden="true" />
            </button>
        </div>
    );
}
