/** Installs what makes the app installable; a browser that refuses it (as where it does not trust the certificate) loses nothing. */
export function startServiceWorker(): void {
    const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined;
    if (import.meta.env.PROD && workers !== undefined) {
        // After the page itself, which it must not slow down.
        window.addEventListener('load', () => void workers.register('/sw.js').catch(() => undefined), { once: true });
    }
}
