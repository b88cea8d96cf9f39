import { useId, useState, type ClipboardEvent, type FormEvent } from 'react';
import { useT } from '../i18n';
import { CODE_LENGTH, isCode, normalizeCode, parseInvitation } from '../lib/invitation';

interface Props {
    readonly onJoin: (roomId: string, code: string | undefined) => void;
}

/** Takes a link, a room id or a whole pasted invitation, with the code beside it; the code may also be entered later. */
export function JoinForm({ onJoin }: Props) {
    const t = useT();
    const [where, setWhere] = useState('');
    const [code, setCode] = useState('');
    const [error, setError] = useState<string>();
    const errorId = useId();
    const headingId = useId();

    /** An invitation has several lines; a text field would run them together, so they are taken apart on paste. */
    const paste = (event: ClipboardEvent<HTMLInputElement>) => {
        const invitation = parseInvitation(event.clipboardData.getData('text'));
        if (invitation.roomId !== undefined && invitation.code !== undefined) {
            event.preventDefault();
            setWhere(invitation.roomId);
            setCode(invitation.code);
            setError(undefined);
        }
    };

    const submit = (event: FormEvent) => {
        event.preventDefault();
        const invitation = parseInvitation(where);
        const chosen = code === '' ? invitation.code : code;
        if (invitation.roomId === undefined) {
            setError(t('home.badLink'));
        } else if (chosen !== undefined && !isCode(chosen)) {
            setError(t('home.badCode', { digits: CODE_LENGTH }));
        } else {
            onJoin(invitation.roomId, chosen);
        }
    };

    return (
        <form className="join" onSubmit={submit} noValidate aria-labelledby={headingId}>
            <h2 className="field__label" id={headingId}>{t('home.joinTitle')}</h2>
            <div className="join__row">
                <input className="input" data-testid="join-link" aria-label={t('home.linkLabel')} placeholder={t('home.linkPlaceholder')}
                    autoComplete="off" autoCapitalize="none" spellCheck={false} value={where} onPaste={paste}
                    aria-invalid={error !== undefined} aria-describedby={error === undefined ? undefined : errorId}
                    onChange={(event) => { setWhere(event.target.value); setError(undefined); }} />
                <input className="input input--code" data-testid="join-code" aria-label={t('home.codeLabel')} placeholder={t('home.codePlaceholder')}
                    inputMode="numeric" autoComplete="off" value={code}
                    onChange={(event) => { setCode(normalizeCode(event.target.value)); setError(undefined); }} />
                <button type="submit" className="button button--soft" data-testid="join-with-link">{t('home.join')}</button>
            </div>
            {error !== undefined && <p className="field__error" id={errorId} role="alert">{error}</p>}
        </form>
    );
}
