/**
 * Runs in every page before its own scripts: notes when the join button was pressed and when the first frame of somebody else
 * was shown, and can cut the signalling connection. Self-contained, because it is handed to the page as text.
 */
export function installProbe(): void {
    const sockets: WebSocket[] = [];
    const connections: RTCPeerConnection[] = [];
    const probe = {
        connections,
        pressed: 0,
        firstFrame: 0,
        /** As when a network goes away: no farewell from the layers above. */
        cutConnection: () => sockets.forEach((socket) => socket.close()),
    };
    Object.assign(globalThis, { parleyProbe: probe });
    globalThis.WebSocket = class extends WebSocket {
        constructor(...parameters: ConstructorParameters<typeof WebSocket>) {
            super(...parameters);
            sockets.push(this);
        }
    };
    globalThis.RTCPeerConnection = class extends RTCPeerConnection {
        constructor(configuration?: RTCConfiguration) {
            super(configuration);
            connections.push(this);
        }
    };
    // A page that is still empty has no origin, and Firefox no storage for it.
    if (globalThis.origin !== 'null') localStorage.setItem('parley.audioProcessing', 'off');
    document.addEventListener(
        'click',
        (event) => {
            if ((event.target as Element).closest('[data-testid=join-button]')) {
                probe.pressed = performance.now();
                probe.firstFrame = 0;
            }
        },
        true,
    );
    const seen = new WeakSet<HTMLVideoElement>();
    const look = (): void => {
        for (const video of document.querySelectorAll<HTMLVideoElement>('[data-testid=tile][data-self=false] video')) {
            if (seen.has(video)) continue;
            seen.add(video);
            video.requestVideoFrameCallback((now) => {
                if (probe.firstFrame === 0) probe.firstFrame = now;
            });
        }
    };
    new MutationObserver(look).observe(document, { subtree: true, childList: true });
}
