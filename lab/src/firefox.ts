import puppeteer, { type Browser } from 'puppeteer-core';
import { temporaryFolder } from './paths.ts';

const FIREFOX = process.env['PARLEY_FIREFOX'] ?? '/usr/bin/firefox-esr';

/**
 * A Firefox as it comes, that is: with its own rules about sound that plays by itself, and without camera and microphone. It finds
 * servers on the loopback address. `preferences` are those of about:config.
 */
export function openFirefox(preferences: Readonly<Record<string, unknown>> = {}): Promise<Browser> {
    const folder = temporaryFolder('firefox');
    return puppeteer.launch({
        browser: 'firefox',
        executablePath: FIREFOX,
        headless: true,
        acceptInsecureCerts: true,
        userDataDir: folder,
        env: { ...process.env, TMPDIR: folder, HOME: folder },
        extraPrefsFirefox: {
            'media.peerconnection.ice.loopback': true,
            'media.peerconnection.ice.obfuscate_host_addresses': false,
            ...preferences,
        },
        defaultViewport: { width: 1280, height: 800 },
        // Firefox starts slowly on a busy machine.
        timeout: 90_000,
        protocolTimeout: 60_000,
    });
}
