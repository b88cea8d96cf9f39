import { Brand } from '../ui/Brand';
import { HomeIcon } from '../ui/icons';

/** The address has no room in it, or a mangled one. */
export function BadLink() {
    return (
        <div className="page">
            <header className="page__header"><Brand href="/" /></header>
            <main className="message" data-testid="bad-link">
                <h1>This link is not complete</h1>
                <p className="muted-text">
                    It does not say which meeting you want to join. Open the link from your invitation again, or paste it on
                    the home page.
                </p>
                <div className="message__actions">
                    <a className="button button--primary" href="/"><HomeIcon size={20} />Home page</a>
                </div>
            </main>
        </div>
    );
}
