import type { Catalogue, Key } from '../catalogue';

/** The keys of one file: those that begin with its name. */
export type Part<Name extends string> = Pick<Catalogue, Extract<Key, `${Name}.${string}`>>;
