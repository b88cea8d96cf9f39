import type { CheckOptions, ConnectionReport } from './check';

/**
 * Tries, from this browser, everything that a meeting needs, and every way that media can go; see docs/sdk.md. Fetched when it is
 * called, because meetings do without. Never rejects because something does not work: that is what the report is for.
 */
export async function checkConnection(options: CheckOptions = {}): Promise<ConnectionReport> {
    return (await import('./check')).checkConnection(options);
}
