/** The entry of `embed.js`: makes `<parley-meeting>` known to the page that loads it. See docs/sdk.md. */
import { ParleyMeetingElement } from './ParleyMeetingElement';

if (customElements.get('parley-meeting') === undefined) {
    customElements.define('parley-meeting', ParleyMeetingElement);
}

export { ParleyMeetingElement };
