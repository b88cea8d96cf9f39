import puppeteer, { type Browser } from 'puppeteer-core';
import type { Loudspeaker } from './loudspeaker.ts';
import { temporaryFolder } from './paths.ts';

export const FIREFOX = process.env['PARLEY_FIREFOX'] ?? '/usr/bin/firefox-esr';

/** What Firefox's own fake microphone plays, Hz: as Dora's in `src/people.ts`. */
export const FIREFOX_TONE = 3_100;

interface FirefoxOptions {
    /** Firefox's own fake camera, a plain colour that changes slowly, and fake microphone; nobody is asked, and sound may play. */
    readonly fakeDevices?: boolean;
    /** Of the profile. */
    readonly folder?: string;
    /** Certificates are checked, by what the profile trusts. Without it every one will do. */
    readonly trusting?: boolean;
    /** What starts Firefox, when it is not to run on this machine's network. */
    readonly executable?: string;
    /** By which it is driven. Default: any. */
    readonly port?: number;
    /** What it plays through, where this machine has no sound card. */
    readonly loudspeaker?: Loudspeaker;
    /** The X display to show itself on, such as `:99`; without one it has no window, and no screen to share. */
    readonly display?: string;
}

/**
 * A Firefox as it comes, that is: with its own rules about sound that plays by itself, and without camera and microphone. It finds
 * servers on the loopback address.
 */
export function openFirefox(options: FirefoxOptions = {}): Promise<Browser> {
    const { fakeDevices = false, folder = temporaryFolder('firefox'), display } = options;
    return puppeteer.launch({
        browser: 'firefox',
        executablePath: options.executable ?? FIREFOX,
        headless: display === undefined,
        acceptInsecureCerts: !options.trusting,
        userDataDir: folder,
        env: { ...process.env, TMPDIR: folder, HOME: folder, ...(display !== undefined && { DISPLAY: display }), ...options.loudspeaker?.env },
        ...(options.port !== undefined && { debuggingPort: options.port }),
        extraPrefsFirefox: {
            'media.peerconnection.ice.loopback': true,
            'media.peerconnection.ice.obfuscate_host_addresses': false,
            ...(fakeDevices && {
                'media.navigator.streams.fake': true,
                'media.navigator.permission.disabled': true,
                'media.navigator.audio.fake_frequency': FIREFOX_TONE,
                'media.autoplay.default': 0,
            }),
        },
        defaultViewport: { width: 1280, height: 800 },
        // Firefox starts slowly on a busy machine.
        timeout: 90_000,
        protocolTimeout: 60_000,
    });
}
