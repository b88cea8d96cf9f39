import type { CSSProperties } from 'react';

const PEOPLE = [
    { x: 24, y: 24, hue: 162, speaking: true },
    { x: 284, y: 24, hue: 52, speaking: false },
    { x: 24, y: 194, hue: 268, speaking: false },
    { x: 284, y: 194, hue: 24, speaking: false },
] as const;
const WIDTH = 248;
const HEIGHT = 158;

/** A drawn meeting, so that the page says at a glance what this is. Decorative. */
export function Scene() {
    return (
        <svg className="scene" viewBox="0 0 556 440" aria-hidden="true" focusable="false">
            <rect className="scene__frame" x="1" y="1" width="554" height="438" rx="28" />
            {PEOPLE.map((person) => (
                <g key={person.hue} style={{ '--hue': String(person.hue) } as CSSProperties}>
                    <clipPath id={`scene-${person.hue}`}>
                        <rect x={person.x} y={person.y} width={WIDTH} height={HEIGHT} rx="16" />
                    </clipPath>
                    <rect className="scene__tile" x={person.x} y={person.y} width={WIDTH} height={HEIGHT} rx="16" />
                    <g clipPath={`url(#scene-${person.hue})`}>
                        <ellipse className="scene__body" cx={person.x + WIDTH / 2} cy={person.y + 172} rx="68" ry="62" />
                        <circle className="scene__head" cx={person.x + WIDTH / 2} cy={person.y + 74} r="35" />
                    </g>
                    <rect className="scene__name" x={person.x + 12} y={person.y + 126} width="64" height="20" rx="10" />
                    <rect className="scene__line" x={person.x + 22} y={person.y + 134} width="44" height="4" rx="2" />
                    {person.speaking && (
                        <rect className="scene__ring" x={person.x + 2} y={person.y + 2} width={WIDTH - 4} height={HEIGHT - 4} rx="15" />
                    )}
                </g>
            ))}
            <circle className="scene__dot" cx="214" cy="395" r="20" />
            <circle className="scene__dot" cx="262" cy="395" r="20" />
            <circle className="scene__dot" cx="310" cy="395" r="20" />
            <rect className="scene__leave" x="338" y="375" width="58" height="40" rx="20" />
            <g transform="translate(436 316)">
                <path className="scene__bubble" d="M0 20A20 20 0 0 1 20 0h68a20 20 0 0 1 20 20v12a20 20 0 0 1-20 20H0z" />
                <rect className="scene__bubble-line" x="18" y="17" width="68" height="5" rx="2.5" />
                <rect className="scene__bubble-line" x="18" y="30" width="44" height="5" rx="2.5" />
            </g>
        </svg>
    );
}
