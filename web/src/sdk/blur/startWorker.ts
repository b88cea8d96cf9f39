/** Starts a worker whose script, which needs no other, may come from another origin: as in a page that embeds a meeting. */
export async function startWorker(url: string, name: string): Promise<Worker> {
    const address = new URL(url, import.meta.url);
    if (address.origin === globalThis.location?.origin) return new Worker(address, { name });
    // Browsers start workers of their own origin only, so it is made of a copy.
    const response = await fetch(address);
    if (!response.ok) throw new Error(`${address}: ${response.status}`);
    const copy = URL.createObjectURL(new Blob([await response.text()], { type: 'text/javascript' }));
    try {
        return new Worker(copy, { name });
    } finally {
        // It is read when the worker starts, which browsers promise only once this task is over.
        setTimeout(() => URL.revokeObjectURL(copy), 10_000);
    }
}
