import type { Sample } from './samples';

/** One row of the panel: a figure that is plotted over time. */
export interface Figure {
    readonly id: 'bitrate' | 'fps' | 'loss' | 'roundTrip' | 'jitter';
    readonly label: `quality.${Figure['id']}`;
    readonly of: (sample: Sample) => number | undefined;
    /** The least upper end of the plot's scale: smaller changes are noise. */
    readonly scale: number;
    readonly text: (value: number, locale: string) => string;
}

const round = (value: number, locale: string, digits = 0) => value.toLocaleString(locale, { maximumFractionDigits: digits });
const milliseconds = (value: number, locale: string) => `${round(value, locale)} ms`;
const percent = (value: number, locale: string) => `${round(value * 100, locale, 1)} %`;

/** Bits a second, in the unit that suits them. */
export function bitrateText(bits: number, locale: string): string {
    return bits >= 1_000_000 ? `${round(bits / 1_000_000, locale, 1)} Mbit/s` : `${round(bits / 1_000, locale)} kbit/s`;
}

export const FIGURES: readonly Figure[] = [
    { id: 'bitrate', label: 'quality.bitrate', of: ({ bitrate }) => bitrate, scale: 100_000, text: bitrateText },
    { id: 'fps', label: 'quality.fps', of: ({ fps }) => fps, scale: 30, text: (value, locale) => round(value, locale) },
    { id: 'loss', label: 'quality.loss', of: ({ loss }) => loss, scale: 0.1, text: percent },
    { id: 'roundTrip', label: 'quality.roundTrip', of: ({ roundTrip }) => roundTrip, scale: 200, text: milliseconds },
    { id: 'jitter', label: 'quality.jitter', of: ({ jitter }) => jitter, scale: 50, text: milliseconds },
];

export { percent };
