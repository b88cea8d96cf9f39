import type { Plugin } from 'vite';

export function sharedHead(): Plugin;
