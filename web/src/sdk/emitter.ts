/** A typed event emitter: the keys of `Events` are the names, the values what a listener is given. */
export class Emitter<Events> {
    private readonly listeners = new Map<keyof Events, Set<(event: never) => void>>();

    /** Calls `listener` at each event of that name until the returned function is called. */
    on<N extends keyof Events>(name: N, listener: (event: Events[N]) => void): () => void {
        let set = this.listeners.get(name);
        if (!set) this.listeners.set(name, (set = new Set()));
        set.add(listener as (event: never) => void);
        return () => this.off(name, listener);
    }

    off<N extends keyof Events>(name: N, listener: (event: Events[N]) => void): void {
        this.listeners.get(name)?.delete(listener as (event: never) => void);
    }

    /** A listener that throws is reported on the console and keeps no other from being called. */
    protected emit<N extends keyof Events>(name: N, event: Events[N]): void {
        for (const listener of [...(this.listeners.get(name) ?? [])]) {
            try {
                (listener as (event: Events[N]) => void)(event);
            } catch (error) {
                console.error(`A listener of '${String(name)}' threw`, error);
            }
        }
    }
}
