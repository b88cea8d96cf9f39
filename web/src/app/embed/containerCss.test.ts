import { expect, test } from 'vitest';
import { containerCss } from './containerCss';

test.each([
    ['@media (width < 720px) {a{}}', '@container parley (width < 720px) {a{}}'],
    ['@media (width>=720px) and (height<480px){a{}}', '@container parley (width>=720px) and (height<480px){a{}}'],
    ['@media not (min-width:720px){a{}}', '@container parley not (min-width:720px){a{}}'],
    ['@media (max-height:479.98px){a{}}', '@container parley (max-height:479.98px){a{}}'],
    ['@media (hover:hover){a{}}', '@media (hover:hover){a{}}'],
    ['@media (prefers-reduced-motion:reduce){a{}}', '@media (prefers-reduced-motion:reduce){a{}}'],
])('%s', (css, expected) => {
    expect(containerCss(css)).toBe(expected);
});
