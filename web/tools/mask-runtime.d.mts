import type { Plugin } from 'vite';

export declare function withoutEval(glue: string): string;
export declare function maskRuntime(): Plugin;
