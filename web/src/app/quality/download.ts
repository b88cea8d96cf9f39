import type { QualityMonitor } from './QualityMonitor';

interface Person {
    readonly id: string;
    readonly name: string;
    readonly self: boolean;
}

/** Everything that is known, for whoever looks into a problem later. */
export function exported(monitor: QualityMonitor, people: readonly Person[], now: Date) {
    return {
        exportedAt: now.toISOString(),
        browser: navigator.userAgent,
        path: { send: monitor.sendPath, receive: monitor.receivePath },
        participants: people.map(({ id, name, self }) => ({
            name,
            self,
            connection: monitor.verdictOf(id),
            streams: monitor.historiesOf(id).map(({ source, samples, server }) => ({ source, server, samples })),
        })),
    };
}

/** Hands the browser a file to keep. */
export function download(file: string, content: object): void {
    const address = URL.createObjectURL(new Blob([JSON.stringify(content, undefined, 2)], { type: 'application/json' }));
    const link = document.createElement('a');
    link.href = address;
    link.download = file;
    link.click();
    // The download has taken hold of it by the next turn.
    setTimeout(() => URL.revokeObjectURL(address));
}
