import { detectDevice, Device, type types } from 'mediasoup-client';

type Factory = () => Promise<types.HandlerFactory>;

/** How to speak to each engine; only the part for this one is fetched. */
const FACTORIES: Readonly<Record<string, Factory>> = {
    Chrome111: async () => (await import('mediasoup-client/handlers/Chrome111')).Chrome111.createFactory({}),
    Firefox120: async () => (await import('mediasoup-client/handlers/Firefox120')).Firefox120.createFactory({}),
    Safari12: async () => (await import('mediasoup-client/handlers/Safari12')).Safari12.createFactory({}),
};

/** Fetches the part for this browser ahead of time, so that joining does not wait for it. */
export function fetchHandler(): void {
    FACTORIES[detectDevice() ?? '']?.().catch(() => {}); // Joining tries again, and tells.
}

/** The browser as mediasoup-client sees it. Rejects where it is too old for calls. */
export async function openDevice(): Promise<types.Device> {
    const name = detectDevice();
    const factory = FACTORIES[name ?? ''];
    if (factory === undefined) throw new Error(name === undefined ? 'an unknown browser' : 'a browser that is too old');
    return Device.factory({ handlerFactory: await factory() });
}
