import type { MediaLink } from './link';
import type { ConnectionView } from './state';
import type { TransportHealth } from './transportKeeper';

/** What is worse counts. */
const ORDER: readonly TransportHealth[] = ['none', 'connected', 'connecting', 'recovering'];

/** Both directions as one. */
export function connectionOf(send: MediaLink, receive: MediaLink): ConnectionView {
    const media = ORDER[Math.max(ORDER.indexOf(send.health), ORDER.indexOf(receive.health))]!;
    return { media, ...(send.path && { send: send.path }), ...(receive.path && { receive: receive.path }) };
}
