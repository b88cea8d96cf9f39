import { afterEach, describe, expect, test, vi } from 'vitest';
import { isDetour, pathOf } from '../mediaPath';
import { activePair, codecs, readActivePair, receivedSoFar, renewIceServers, standardDevice, type Stats } from './index';

const report = (...all: Stats[]): ReadonlyMap<string, Stats> => new Map(all.map((stats) => [stats.id, stats]));
const pair = (id: string, more: object): Stats => ({ id, type: 'candidate-pair', state: 'succeeded', ...more });

afterEach(() => vi.unstubAllGlobals());

describe('the pair in use', () => {
    test('is the one that the transport names, though others succeeded (Chromium, Safari)', () => {
        const found = activePair(report(pair('a', { nominated: true }), pair('b', {}), { id: 't', type: 'transport', selectedCandidatePairId: 'b' }));
        expect(found?.id).toBe('b');
    });

    test('is the one that says so itself (Firefox)', () => {
        expect(activePair(report(pair('a', { nominated: true }), pair('b', { nominated: true, selected: true })))?.id).toBe('b');
    });

    test('is else the nominated one that has carried most', () => {
        expect(activePair(report(pair('a', { nominated: true, bytesSent: 9 }), pair('b', { nominated: true, bytesReceived: 10 })))?.id).toBe('b');
    });

    test('is none while none has succeeded', () => {
        expect(activePair(report({ ...pair('a', {}), state: 'in-progress' }))).toBeUndefined();
    });
});

describe('the path', () => {
    const path = (local: object): unknown => pathOf(report(pair('p', { selected: true, localCandidateId: 'l' }), { id: 'l', type: 'local-candidate', ...local }));
    test.each([
        [{ protocol: 'udp', candidateType: 'host' }, 'udp'],
        [{ protocol: 'udp', candidateType: 'prflx' }, 'udp'],
        [{ protocol: 'tcp', candidateType: 'host' }, 'tcp'],
        [{ protocol: 'udp', candidateType: 'relay', relayProtocol: 'udp' }, 'relay-udp'],
        [{ protocol: 'udp', candidateType: 'relay', relayProtocol: 'tcp' }, 'relay-tcp'],
        [{ protocol: 'udp', candidateType: 'relay', relayProtocol: 'tls' }, 'relay-tls'],
        [{ protocol: 'udp', candidateType: 'relay' }, 'relay-udp'],
    ])('of %j is %s', (local, protocol) => {
        expect(path(local)).toEqual({ protocol });
    });

    test('leaves out an address that the browser hides', () => {
        expect(path({ protocol: 'udp', candidateType: 'host', address: '', port: 9 })).toEqual({ protocol: 'udp' });
        expect(path({ protocol: 'udp', candidateType: 'host', address: null, port: 9 })).toEqual({ protocol: 'udp' });
    });
});

describe('a detour', () => {
    const relay = { protocol: 'udp', candidateType: 'relay', relayProtocol: 'tcp' };
    const on = (local: object, ...others: object[]): boolean =>
        isDetour(report(
            pair('p', { selected: true, localCandidateId: 'l' }),
            { ...local, id: 'l', type: 'local-candidate' },
            ...others.map((other, i) => ({ ...other, id: `o${i}`, type: 'local-candidate' })),
        ));

    test('is a relay over TCP or TLS where TCP to the server itself was not tried', () => {
        expect(on(relay, { protocol: 'udp', candidateType: 'host' })).toBe(true);
        expect(on({ ...relay, relayProtocol: 'tls' })).toBe(true);
    });

    test('is none where TCP was tried, or UDP is spoken, with a relay or without', () => {
        expect(on(relay, { protocol: 'tcp', candidateType: 'host' })).toBe(false);
        expect(on({ ...relay, relayProtocol: 'udp' })).toBe(false);
        expect(on({ protocol: 'udp', candidateType: 'srflx' })).toBe(false);
        expect(isDetour(report())).toBe(false);
    });
});

describe('the figures of the pair in use', () => {
    test('are its own, whatever comes over others', () => {
        const figures = { bytesReceived: 5, responsesReceived: 2, requestsSent: 4 };
        expect(readActivePair(report(pair('a', { ...figures, selected: true }), pair('b', { ...figures, bytesReceived: 9_999 }))))
            .toEqual({ id: 'a', received: 7, checks: 4 });
    });

    test('are none where checks or answers are not counted, or nothing is in use', () => {
        expect(readActivePair(report(pair('a', { selected: true, bytesReceived: 5, responsesReceived: 1 })))).toBeUndefined();
        expect(readActivePair(report())).toBeUndefined();
    });
});

describe('what has come so far', () => {
    test('is media and answers to checks, over all pairs', () => {
        expect(receivedSoFar(report(pair('a', { bytesReceived: 5, responsesReceived: 1 }), pair('b', { responsesReceived: 2 }))))
            .toEqual({ count: 8, complete: true });
    });

    test('proves no silence where the browser does not count answers', () => {
        expect(receivedSoFar(report(pair('a', { bytesReceived: 5 })))).toEqual({ count: 5, complete: false });
        expect(receivedSoFar(report())).toBeUndefined();
    });
});

test('an engine that cannot renew ICE servers says so, and no more', async () => {
    expect(await renewIceServers({ updateIceServers: async () => {} }, [])).toBe(true);
    expect(await renewIceServers({ updateIceServers: async () => Promise.reject(new Error('not supported')) }, [])).toBe(false);
});

test('codecs are those that can be sent and received, without helpers', () => {
    const of = (...names: string[]) => ({ getCapabilities: () => ({ codecs: names.map((name) => ({ mimeType: `video/${name}` })) }) });
    vi.stubGlobal('RTCRtpSender', of('VP8', 'VP8', 'rtx', 'H264'));
    vi.stubGlobal('RTCRtpReceiver', of('VP8', 'rtx', 'AV1'));
    expect(codecs().video).toEqual(['VP8']);
    vi.stubGlobal('RTCRtpSender', undefined);
    expect(codecs().video).toEqual([]);
});

test('the system’s own device is the one of that id, or the first', () => {
    const [a, b] = [{ id: 'a', label: '' }, { id: 'default', label: '' }];
    expect(standardDevice([a, b])).toBe(b);
    expect(standardDevice([a])).toBe(a);
    expect(standardDevice([])).toBeUndefined();
});
