import { expect, test } from 'vitest';
import { softLimit } from './boost';
import { AS_SENT, type Store, VolumeMemory } from './volumes';

function store(content?: string): Store & { content: string | null } {
    return {
        content: content ?? null,
        getItem() {
            return this.content;
        },
        setItem(_, value) {
            this.content = value;
        },
    };
}

test('a volume is remembered for the person in that room, voice and screen apart', () => {
    const shared = store();
    new VolumeMemory('room-1', shared).remember('Ann', 'microphone', { volume: 1.5, muted: false });
    new VolumeMemory('room-1', shared).remember('Ann', 'screenAudio', { volume: 0.2, muted: true });
    const later = new VolumeMemory('room-1', shared);
    expect(later.of('Ann', 'microphone')).toEqual({ volume: 1.5, muted: false });
    expect(later.of('Ann ', 'screenAudio')).toEqual({ volume: 0.2, muted: true });
    expect(later.of('Bob', 'microphone')).toEqual(AS_SENT);
    expect(new VolumeMemory('room-2', shared).of('Ann', 'microphone')).toEqual(AS_SENT);
});

test('what is as usual takes no room, and the oldest is forgotten', () => {
    const shared = store();
    const memory = new VolumeMemory('room', shared);
    memory.remember('Ann', 'microphone', { volume: 0.5, muted: false });
    memory.remember('Ann', 'microphone', AS_SENT);
    expect(shared.content).toBe('[]');
    for (let i = 0; i < 310; i++) memory.remember(`Person ${i}`, 'microphone', { volume: 0.5, muted: false });
    expect(memory.of('Person 0', 'microphone')).toEqual(AS_SENT);
    expect(memory.of('Person 309', 'microphone').volume).toBe(0.5);
});

test.each(['', 'no json', '{}', '[["room microphone Ann",7,0]]', '[["room microphone Ann","1",0]]', '[null,[1],["room microphone Ann"]]'])(
    'what is not to be trusted is as if nothing were there: %s',
    (content) => expect(new VolumeMemory('room', store(content)).of('Ann', 'microphone')).toEqual(AS_SENT),
);

test('storage that is forbidden does no harm', () => {
    const broken: Store = {
        getItem: () => {
            throw new Error('forbidden');
        },
        setItem: () => {
            throw new Error('full');
        },
    };
    const memory = new VolumeMemory('room', broken);
    memory.remember('Ann', 'microphone', { volume: 0.5, muted: false });
    expect(memory.of('Ann', 'microphone')).toEqual(AS_SENT);
});

test('louder than full scale is bent, not cut off: always rising, never beyond, and exact where there is room', () => {
    const curve = softLimit(2);
    const at = (input: number): number => curve[Math.round(((input + 1) / 2) * (curve.length - 1))]!;
    expect(at(0)).toBe(0);
    expect(at(0.25)).toBeCloseTo(0.5, 3);
    expect(at(-0.25)).toBeCloseTo(-0.5, 3);
    expect(Math.max(...curve)).toBeLessThanOrEqual(1);
    expect(curve.every((value, i) => i === 0 || value >= curve[i - 1]!)).toBe(true);
});
