import { readFileSync } from 'node:fs';

const head = readFileSync(new URL('shared-head.html', import.meta.url), 'utf8');
const PLACE = /^ *<!-- head -->\n/m;

/**
 * A plugin of Vite that puts what the heads of all pages have in common (shared-head.html) where a page says `<!-- head -->`. A page
 * without that line stays as it is.
 */
export function sharedHead() {
    return {
        name: 'shared-head',
        transformIndexHtml: { order: 'pre', handler: (html) => html.replace(PLACE, () => head) },
    };
}
