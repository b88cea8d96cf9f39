import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../src/paths.ts';
import type { Path } from './path.ts';
import { inWords } from './path.ts';

export interface Connected {
    readonly network: string;
    readonly browsers: string;
    /** What carried the connections of the person in that network, sending and receiving. */
    readonly paths: readonly Path[];
    /** Milliseconds from joining to the first frame. */
    readonly firstFrame: number;
}

export interface Interrupted {
    readonly event: string;
    readonly browsers: string;
    readonly paths: readonly Path[];
    /** The longest time without a frame that was decoded, milliseconds: of what the person sees, and of what is seen of the person. */
    readonly gaps: { readonly received: number; readonly sent: number };
}

const connected: Connected[] = [];
const interrupted: Interrupted[] = [];

export function noteConnected(row: Connected): void {
    connected.push(row);
}

export function noteInterrupted(row: Interrupted): void {
    interrupted.push(row);
}

/** Tables of all that was noted, and build/nat.json. */
export function report(): void {
    mkdirSync(join(ROOT, 'build'), { recursive: true });
    writeFileSync(join(ROOT, 'build/nat.json'), `${JSON.stringify({ connected, interrupted }, undefined, 2)}\n`);
    const carried = (paths: readonly Path[]): string => [...new Set(paths.map(inWords))].join(', ');
    table(
        ['network', 'browsers', 'carried by', 'first frame'],
        connected.map(({ network, browsers, paths, firstFrame }) => [network, browsers, carried(paths), `${firstFrame} ms`]),
    );
    table(
        ['in mid-call', 'browsers', 'then carried by', 'gap received', 'gap sent'],
        interrupted.map(({ event, browsers, paths, gaps }) => [event, browsers, carried(paths), `${gaps.received} ms`, `${gaps.sent} ms`]),
    );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): void {
    if (rows.length === 0) return;
    const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]!.length)));
    const line = (cells: readonly string[]): string => cells.map((cell, column) => cell.padEnd(widths[column]!)).join('  ').trimEnd();
    console.log(['', line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n'));
}
