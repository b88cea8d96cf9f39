import { useId } from 'react';

interface Option {
    readonly value: string;
    readonly name: string;
    /** The language that the name is in, where it is another one. */
    readonly lang?: string;
}

interface Props {
    readonly label: string;
    readonly value: string;
    readonly options: readonly Option[];
    readonly testId: string;
    readonly onChange: (value: string) => void;
}

/** One of several. */
export function SettingSelect({ label, value, options, testId, onChange }: Props) {
    const id = useId();
    return (
        <div className="setting">
            <label className="setting__label" htmlFor={id}>{label}</label>
            <select id={id} className="input setting__select" data-testid={testId} value={value}
                onChange={(event) => onChange(event.target.value)}>
                {options.map((option) => <option key={option.value} value={option.value} lang={option.lang}>{option.name}</option>)}
            </select>
        </div>
    );
}
