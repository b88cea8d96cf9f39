import type { Page } from 'puppeteer-core';
import type { Room } from './person.ts';

/** What is noted in the page: how often it asked for a device, and the graphs of sound that it made. */
export interface Notes {
    readonly captures: number;
    readonly contexts: AudioContext[];
    readonly tracks: MediaStreamTrack[];
    readonly connections: RTCPeerConnection[];
}

/** Prepares a page so that it notes what it does with devices, sound and connections, in `parleyNotes`. Before it is opened. */
export async function takeNotes(page: Page): Promise<void> {
    await page.evaluateOnNewDocument(() => {
        const notes = { captures: 0, contexts: [] as AudioContext[], tracks: [] as MediaStreamTrack[], connections: [] as RTCPeerConnection[] };
        Object.assign(globalThis, { parleyNotes: notes });
        const devices = navigator.mediaDevices as MediaDevices | undefined;
        if (devices) {
            const getUserMedia = devices.getUserMedia.bind(devices);
            devices.getUserMedia = async (constraints) => {
                notes.captures++;
                const stream = await getUserMedia(constraints);
                notes.tracks.push(...stream.getTracks());
                return stream;
            };
        }
        globalThis.AudioContext = class extends AudioContext {
            constructor(options?: AudioContextOptions) {
                super(options);
                notes.contexts.push(this);
            }
        };
        globalThis.RTCPeerConnection = class extends RTCPeerConnection {
            constructor(configuration?: RTCConfiguration) {
                super(configuration);
                notes.connections.push(this);
            }
        };
    });
}

/**
 * Lets the page join without camera, microphone and any click or key of the person: as after a reload, and when somebody only
 * watches. What is given to the page by puppeteer counts as a click, so it must be looked at through {@link glimpse} alone.
 */
export async function joinUntouched(page: Page, name: string, { link, code }: Room): Promise<void> {
    await page.evaluateOnNewDocument(
        (name, room, code) => {
            localStorage.setItem('parley.name', name);
            localStorage.setItem('parley.microphoneOn', 'off');
            localStorage.setItem('parley.cameraOn', 'off');
            sessionStorage.setItem(`parley.code.${room}`, code);
            const timer = setInterval(() => {
                const button = document.querySelector<HTMLButtonElement>('[data-testid=join-button]');
                if (button === null) return;
                clearInterval(timer);
                button.click();
            }, 50);
        },
        name,
        new URL(link).searchParams.get('room')!,
        code,
    );
    await page.goto(link);
}

/** Looks into a page without that counting as an act of the person. The expression's value must be plain. */
export async function glimpse<T>(page: Page, expression: string): Promise<T> {
    const session = await page.createCDPSession();
    try {
        const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
            expression, awaitPromise: true, returnByValue: true, userGesture: false,
        });
        if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
        return result.value as T;
    } finally {
        await session.detach();
    }
}
