import type { ContextState } from './listening';

let context: AudioContext | undefined;
const watchers = new Set<() => void>();

/**
 * The one AudioContext of the page: browsers allow only a few, and one click unlocks it for everything. It may be `suspended`
 * until the person has clicked somewhere; see {@link resumeAudio}.
 */
export function audioContext(): AudioContext {
    if (context === undefined || context.state === 'closed') {
        context = new AudioContext({ latencyHint: 'interactive' });
        context.addEventListener?.('statechange', () => watchers.forEach((watcher) => watcher()));
    }
    return context;
}

/** Its state; `suspended` while nobody needed it. */
export function audioState(): Exclude<ContextState, 'unused'> {
    return context === undefined ? 'suspended' : (context.state as Exclude<ContextState, 'unused'>);
}

/** Calls the listener whenever the state changes; returns the way to stop it. */
export function onAudioState(listener: () => void): () => void {
    watchers.add(listener);
    return () => watchers.delete(listener);
}

/** Lets the sound graph run. Does nothing, without an error, while the browser still wants a click first. */
export function resumeAudio(): void {
    const { state } = audioContext();
    // Where a click is wanted, the promise stays open until there is one.
    if (state !== 'running') void context?.resume().catch(() => undefined);
}
