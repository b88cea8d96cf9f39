import type { en } from './en';

/** A text that depends on `count`; a language uses those of its plural forms that it has, and always `other`. */
export type Plural = { readonly other: string } & { readonly [Form in Intl.LDMLPluralRule]?: string };

/** English is the measure: what it has, every language has. */
export type English = typeof en;
export type Key = keyof English;

/** What a translation must be; a missing or unknown key is an error of the compiler. */
export type Catalogue = { readonly [K in Key]: English[K] extends string ? string : Plural };

type NamesIn<S> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never;
type Texts<M> = M extends string ? M : M[keyof M];

/** The names in braces of a text: `{name} joined` has `name`; a plural always has `count`. */
export type ParamNames<K extends Key> = NamesIn<Texts<English[K]>> | (English[K] extends string ? never : 'count');
export type Values<K extends Key, V> = { readonly [Name in ParamNames<K>]: V };
/** The parameters of a text as the rest of an argument list: none, or one object. */
export type Params<K extends Key> = [ParamNames<K>] extends [never] ? [] : [params: Values<K, string | number>];
