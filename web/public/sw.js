/*
 * Makes the app installable and says something useful when the server cannot be reached. Pages, scripts and meetings always come
 * from the server, so a new version is never held up: only the page for being offline is kept, and shown in place of a page that
 * could not be fetched.
 */
// Of the contents of SHELL, so that a change in them is a change here; a test holds it.
const VERSION = '1bfe3a89989b';
const SHELL = ['/offline.html', '/offline.css', '/favicon.svg'];
const CACHE = `parley-${VERSION}`;

self.addEventListener('install', (event) => {
    const fresh = SHELL.map((path) => new Request(path, { cache: 'reload' }));
    event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(fresh)).then(() => self.skipWaiting()));
});

self.addEventListener('activate', (event) => {
    const isOld = (name) => name.startsWith('parley-') && name !== CACHE;
    event.waitUntil(caches.keys()
        .then((names) => Promise.all(names.filter(isOld).map((name) => caches.delete(name))))
        .then(() => self.clients.claim()));
});

self.addEventListener('fetch', (event) => {
    const { method, mode, url } = event.request;
    const { origin, pathname } = new URL(url);
    if (method !== 'GET' || origin !== self.location.origin) {
        return;
    }
    if (mode === 'navigate') {
        event.respondWith(fetch(event.request).catch(() => kept('/offline.html')));
    } else if (SHELL.includes(pathname)) {
        event.respondWith(fetch(event.request).catch(() => kept(pathname)));
    }
});

async function kept(path) {
    return (await caches.match(path)) ?? Response.error();
}
