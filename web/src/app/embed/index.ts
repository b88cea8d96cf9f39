/** The entry of `embed.js`: makes `<parley-meeting>` known to the page that loads it. See docs/sdk.md. */
import { ParleyMeetingElement, type ParleyMeetingEvents } from './ParleyMeetingElement';

if (customElements.get('parley-meeting') === undefined) {
    customElements.define('parley-meeting', ParleyMeetingElement);
}

type DomEvents = { [N in keyof ParleyMeetingEvents as `parley-${N}`]: CustomEvent<ParleyMeetingEvents[N]> };

declare global {
    interface HTMLElementTagNameMap {
        'parley-meeting': ParleyMeetingElement;
    }
    interface HTMLElementEventMap extends DomEvents {}
}

export { ParleyMeetingElement, type ParleyMeetingEvents };
