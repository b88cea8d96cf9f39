import { invitationText } from '../lib/invitation';
import { Code } from '../ui/Code';
import { CopyButton } from '../ui/CopyButton';

/** Nobody else is here yet: what to send to them. */
export function AloneCard({ link, code }: { readonly link: string; readonly code: string }) {
    return (
        <section className="alone" aria-labelledby="alone-title" data-testid="alone">
            <h2 className="alone__title" id="alone-title">You are the first one here</h2>
            <p className="muted-text">Send the invitation to bring the others in. The code is <Code value={code} />.</p>
            <CopyButton text={invitationText(link, code)} label="Copy invitation" className="button button--primary button--wide" />
        </section>
    );
}
