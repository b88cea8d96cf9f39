import { expect, test, vi } from 'vitest';
import { MeetingStore } from './store';

const message = (seq: number) => ({ seq, id: `m${seq}`, participantId: 'p', name: 'P', text: `${seq}`, time: seq });

test('keeps the objects of participants that did not change', () => {
    const store = new MeetingStore();
    store.addParticipant({ id: 'a', name: 'A', role: 'guest', connected: true, producers: [] });
    store.addParticipant({ id: 'b', name: 'B', role: 'guest', connected: true, producers: [] });
    const before = store.get().participants;
    store.addTrack('b', { id: 't', kind: 'audio', source: 'microphone', paused: false });
    const after = store.get().participants;
    expect(after[0]).toBe(before[0]);
    expect(after[1]).not.toBe(before[1]);
    expect(before[1]?.tracks).toEqual([]);
});

test('orders chat by the server however it arrives, and takes each message once', () => {
    const store = new MeetingStore();
    for (const seq of [2, 1, 4, 3, 2]) store.addChat(message(seq));
    expect(store.get().chat.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
});

test('calls nobody speaking whose microphone is muted', () => {
    const store = new MeetingStore();
    store.addParticipant({
        id: 'a',
        name: 'A',
        role: 'guest',
        connected: true,
        producers: [{ id: 't', kind: 'audio', source: 'microphone', paused: false }],
    });
    store.setLevels(new Map([['a', -10]]), 'self');
    expect(store.participant('a')?.speaking).toBe(true);
    store.changeTrack('a', 't', { paused: true });
    expect(store.participant('a')).toMatchObject({ speaking: false, micMuted: true });
});

test('tells its listeners until they stop listening', () => {
    const store = new MeetingStore();
    const listener = vi.fn();
    const stop = store.subscribe(listener);
    store.setActiveSpeaker('a');
    store.setActiveSpeaker('a');
    expect(listener).toHaveBeenCalledTimes(1);
    stop();
    store.setActiveSpeaker(undefined);
    expect(listener).toHaveBeenCalledTimes(1);
});
