import { createRoot, type Root } from 'react-dom/client';
import type { Meeting } from '../../sdk';
import { isLanguage, showLanguage, wantedLanguage } from '../i18n';
import { chosenTheme, isTheme, showTheme } from '../lib/theme';
import css from '../styles/embed.css?inline';
import { containerCss } from './containerCss';
import { EmbeddedMeeting, type Invitation } from './EmbeddedMeeting';

/** What the element tells the page; each is an event named `parley-` and this, with `detail` as below. */
export interface ParleyMeetingEvents {
    joined: { participantId: string; name: string };
    left: { reason: string };
    'participant-joined': { participantId: string; name: string };
    'participant-left': { participantId: string; name: string; reason: string };
    error: { code: string; message: string };
}

/**
 * `<parley-meeting server room code name lang theme autojoin>`: a whole meeting in any page. Everything is inside of a shadow tree,
 * so that neither the page's styles nor the meeting's touch each other. Attributes other than `lang` and `theme` count from when
 * the element is put into the page. Taking it out leaves the meeting.
 */
export class ParleyMeetingElement extends HTMLElement {
    static readonly observedAttributes = ['lang', 'theme'];

    /** The meeting of the SDK while one is in it. */
    meeting: Meeting | undefined;

    private root: Root | undefined;
    private readonly box = document.createElement('div');

    connectedCallback(): void {
        this.box.className = 'embed';
        if (this.shadowRoot === null) {
            const shadow = this.attachShadow({ mode: 'open' });
            const sheet = new CSSStyleSheet();
            sheet.replaceSync(containerCss(css));
            shadow.adoptedStyleSheets = [sheet];
            shadow.append(this.box);
        }
        this.showTheme();
        void this.start();
    }

    disconnectedCallback(): void {
        // An element that is only moved is back in the page by the next microtask.
        queueMicrotask(() => {
            if (!this.isConnected) {
                void this.leave();
                this.root?.unmount();
                this.root = undefined;
            }
        });
    }

    attributeChangedCallback(name: string): void {
        if (!this.isConnected) {
            return;
        }
        if (name === 'lang') {
            void this.showLanguage();
        } else {
            this.showTheme();
        }
    }

    /** Leaves the meeting; the element shows that one has left. */
    async leave(): Promise<void> {
        await this.meeting?.leave();
    }

    private async start(): Promise<void> {
        await this.showLanguage();
        if (this.isConnected && this.root === undefined) {
            this.root = createRoot(this.box);
            this.root.render(<EmbeddedMeeting host={this} root={this.box} invitation={this.invitation()}
                onMeeting={(meeting) => this.follow(meeting)} />);
        }
    }

    private invitation(): Invitation {
        const text = (name: string) => this.getAttribute(name) ?? '';
        return {
            // Where this script came from, unless the page says otherwise.
            server: new URL(text('server') || import.meta.url, window.location.href).origin,
            room: text('room'),
            entry: { ...(text('name') !== '' && { name: text('name') }), ...(text('code') !== '' && { code: text('code') }) },
            autojoin: this.hasAttribute('autojoin'),
        };
    }

    private follow(meeting: Meeting): void {
        this.meeting = meeting;
        const { id, name } = meeting.self;
        meeting.on('participantJoined', ({ participant }) =>
            this.tell('participant-joined', { participantId: participant.id, name: participant.name }));
        meeting.on('participantLeft', ({ participant, reason }) =>
            this.tell('participant-left', { participantId: participant.id, name: participant.name, reason }));
        meeting.on('error', ({ code, message }) => this.tell('error', { code, message }));
        meeting.on('stateChanged', ({ state, closeReason }) => {
            if (state === 'closed') {
                this.meeting = undefined;
                this.tell('left', { reason: closeReason ?? 'left' });
            }
        });
        this.tell('joined', { participantId: id, name });
    }

    private tell<N extends keyof ParleyMeetingEvents>(name: N, detail: ParleyMeetingEvents[N]): void {
        this.dispatchEvent(new CustomEvent(`parley-${name}`, { detail, bubbles: true, composed: true }));
    }

    private async showLanguage(): Promise<void> {
        const lang = this.lang.toLowerCase().split('-')[0];
        const language = isLanguage(lang) ? lang : wantedLanguage();
        await showLanguage(language);
        this.box.lang = language;
    }

    private showTheme(): void {
        const theme = this.getAttribute('theme');
        showTheme(isTheme(theme) ? theme : chosenTheme(), this.box);
    }
}
