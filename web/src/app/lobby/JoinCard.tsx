import { useId, useState, type FormEvent } from 'react';
import { useT } from '../i18n';
import type { JoinError } from '../lib/errorText';
import { checkPath, isCode, normalizeCode, parseInvitation } from '../lib/invitation';
import { useFirstFocus } from '../lib/useFirstFocus';
import { WaitingCard } from './WaitingCard';
import { Notice } from '../ui/Notice';

export interface Entry {
    readonly name: string;
    /** Empty for a host who came by the host link. */
    readonly code: string;
    readonly hostToken?: string | undefined;
}

interface Props {
    readonly initial: Entry;
    readonly joining: boolean;
    /** In the lobby, until a host decides. */
    readonly waiting: boolean;
    readonly error?: JoinError | undefined;
    /** Where it is joined, for trying the connection. */
    readonly server: string;
    readonly onName: (name: string) => void;
    readonly onJoin: (entry: Entry) => void;
    readonly onCancel: () => void;
}

const LONGEST_NAME = 64;

/** Name and code. Problems are told at the field, and the first one gets the focus. */
export function JoinCard({ initial, joining, waiting, error, server, onName, onJoin, onCancel }: Props) {
    const t = useT();
    const [name, setName] = useState(initial.name);
    const [code, setCode] = useState(initial.code);
    const [checked, setChecked] = useState(false);
    const id = useId();
    const nameField = useFirstFocus<HTMLInputElement>(initial.name === '');
    const nameError = checked && name.trim() === '' ? t('lobby.nameMissing') : undefined;
    const { hostToken } = initial;
    const codeReady = isCode(code) || (hostToken !== undefined && code === '');
    const codeError = checked && !codeReady ? t('lobby.codeMissing') : undefined;

    const submit = (event: FormEvent<HTMLFormElement>) => {
        event.preventDefault();
        setChecked(true);
        if (name.trim() !== '' && codeReady) {
            onJoin({ ...initial, name: name.trim(), code });
        } else {
            event.currentTarget.querySelector<HTMLInputElement>(name.trim() === '' ? '[name=name]' : '[name=code]')?.focus();
        }
    };

    if (waiting) {
        return <WaitingCard onCancel={onCancel} />;
    }
    return (
        <form className="entry" onSubmit={submit} noValidate>
            <div>
                <h1 className="entry__title">{t('lobby.title')}</h1>
                <p className="muted-text">{t('lobby.lead')}</p>
            </div>
            <div className="field">
                <label className="field__label" htmlFor={`${id}-name`}>{t('lobby.name')}</label>
                <input ref={nameField} id={`${id}-name`} name="name" className="input" data-testid="name-input" value={name}
                    maxLength={LONGEST_NAME} autoComplete="name" spellCheck={false}
                    aria-invalid={nameError !== undefined} aria-describedby={`${id}-name-error`}
                    onChange={(event) => { setName(event.target.value); onName(event.target.value); }} />
                <FieldError id={`${id}-name-error`} text={nameError} />
            </div>
            {hostToken !== undefined && <p className="field__hint" data-testid="as-host">{t('lobby.asHost')}</p>}
            <div className="field" hidden={hostToken !== undefined && initial.code === ''}>
                <label className="field__label" htmlFor={`${id}-code`}>{t('lobby.code')}</label>
                <input id={`${id}-code`} name="code" className="input input--code" data-testid="code-input" value={code}
                    inputMode="numeric" autoComplete="off" placeholder="000000" aria-invalid={codeError !== undefined}
                    aria-describedby={`${id}-code-error`} onChange={(event) => setCode(codeFrom(event.target.value))} />
                <FieldError id={`${id}-code-error`} text={codeError} />
            </div>
            {error !== undefined && (
                <Notice tone="danger" testId="join-error">
                    {error.text}
                    {error.network && <> <a href={checkPath(server)} target="_blank" rel="noopener">{t('common.checkConnection')}</a></>}
                </Notice>
            )}
            <button type="submit" className="button button--primary button--wide entry__join" data-testid="join-button"
                disabled={joining}>
                {joining && <span className="spinner" aria-hidden="true" />}
                {t(joining ? 'lobby.joining' : 'lobby.join')}
            </button>
        </form>
    );
}

/** Digits as they are typed, or the code out of a whole invitation that was pasted here. */
function codeFrom(text: string): string {
    return text.length > 12 ? parseInvitation(text).code ?? normalizeCode(text) : normalizeCode(text);
}

function FieldError({ id, text }: { readonly id: string; readonly text: string | undefined }) {
    return <p id={id} className="field__error" role="alert" hidden={text === undefined}>{text}</p>;
}
