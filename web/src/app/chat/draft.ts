import type { Recipient } from './useOutbox';

/** What is being written, and to whom; everybody where that is undefined. */
export interface Draft {
    text: string;
    to: Recipient | undefined;
}
