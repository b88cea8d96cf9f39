import { describe, expect, test } from 'vitest';
import { readingOf } from './readings';
import { sampleOf, samplesOf } from './samples';

type Entry = Record<string, unknown> & { id: string; type: string };
const report = (...entries: Entry[]) => new Map(entries.map((entry) => [entry.id, entry]));

const codec: Entry = { id: 'c', type: 'codec', mimeType: 'video/VP8' };
const video = (change: object = {}): Entry => ({
    id: 'i', type: 'inbound-rtp', kind: 'video', trackIdentifier: 'track', codecId: 'c', bytesReceived: 1_000_000, packetsReceived: 1_000,
    packetsLost: 10, framesDecoded: 300, framesPerSecond: 30, frameWidth: 1280, frameHeight: 720, totalFreezesDuration: 1, jitter: 0.01, ...change,
});
const path = (local: object, pair: object = {}): Entry[] => [
    { id: 't', type: 'transport', selectedCandidatePairId: 'p', tlsVersion: 'FEFD', srtpCipher: 'SRTP_AEAD_AES_128_GCM' },
    { id: 'other', type: 'candidate-pair', localCandidateId: 'nobody', currentRoundTripTime: 9 },
    { id: 'p', type: 'candidate-pair', localCandidateId: 'l', currentRoundTripTime: 0.04, ...pair },
    { id: 'l', type: 'local-candidate', candidateType: 'host', protocol: 'udp', ...local },
];

describe('a reading', () => {
    test('has of a received stream what the browser tells', () => {
        expect(readingOf({ recv: report(codec, video()) }, 5).streams.get('track')).toEqual({
            trackId: 'track', kind: 'video', codec: 'VP8', width: 1280, height: 720, fps: 30, bytes: 1_000_000, packets: 1_000, lost: 10,
            frames: 300, frozen: 1, jitter: 0.01,
        });
    });

    test('has of a sent stream what the server reported back, found by its source', () => {
        const send = report(
            { id: 'm', type: 'media-source', trackIdentifier: 'mine' },
            { id: 'o', type: 'outbound-rtp', kind: 'video', mediaSourceId: 'm', bytesSent: 5, packetsSent: 1, framesEncoded: 1, qualityLimitationReason: 'bandwidth' },
            { id: 'other', type: 'remote-inbound-rtp', localId: 'nobody', fractionLost: 0.9 },
            { id: 'r', type: 'remote-inbound-rtp', localId: 'o', fractionLost: 0.05, roundTripTime: 0.12, jitter: 0.003, packetsLost: 7 },
        );
        expect(readingOf({ send }, 0).streams.get('mine')).toMatchObject({ lostThere: 0.05, roundTrip: 0.12, lost: 7, limited: 'bandwidth' });
    });

    test('a stream that is not limited has no reason', () => {
        const send = report({ id: 'm', type: 'media-source', trackIdentifier: 'mine' },
            { id: 'o', type: 'outbound-rtp', kind: 'audio', mediaSourceId: 'm', qualityLimitationReason: 'none' });
        expect(readingOf({ send }, 0).streams.get('mine')?.limited).toBeUndefined();
    });

    test.each([
        ['a direct way', path({}), { relayed: false, protocol: 'udp', roundTrip: 0.04, encryption: 'DTLS 1.2, AEAD_AES_128_GCM' }],
        ['a relay', path({ candidateType: 'relay', relayProtocol: 'tls' }), { relayed: true, relayProtocol: 'tls' }],
        ['TCP', path({ protocol: 'tcp' }, { availableOutgoingBitrate: 900_000 }), { protocol: 'tcp', available: 900_000 }],
        ['a browser without transport statistics', path({}).slice(2).map((one) => ({ ...one, nominated: true, state: 'succeeded' })), { protocol: 'udp', relayed: false }],
    ])('knows %s', (_, entries, expected) => {
        expect(readingOf({ send: report(...entries) }, 0).send).toMatchObject(expected);
    });

    test('of nothing is empty', () => {
        expect(readingOf({}, 7)).toEqual({ at: 7, streams: new Map() });
        expect(readingOf({ recv: report({ id: 'i', type: 'inbound-rtp', kind: 'video' }), send: report({ id: 'o', type: 'outbound-rtp' }) }, 7).streams.size).toBe(0);
    });
});

describe('a sample', () => {
    const at = (time: number, change: object = {}) => readingOf({ recv: report(codec, video(change)) }, time);

    test('is what happened between two readings', () => {
        const samples = samplesOf(at(1_000), at(3_000, { bytesReceived: 1_250_000, packetsReceived: 1_190, packetsLost: 20, framesDecoded: 350, totalFreezesDuration: 1.5 }));
        expect(samples.get('track')).toEqual({
            at: 3_000, kind: 'video', codec: 'VP8', width: 1280, height: 720, fps: 30, bitrate: 1_000_000, loss: 0.05, frozen: 0.25, jitter: 10,
        });
    });

    test('has no frames when none was decoded, whatever the browser’s figure says', () => {
        expect(samplesOf(at(0), at(2_000)).get('track')).toMatchObject({ fps: 0, bitrate: 0, loss: 0 });
    });

    test('packets that came late after all are no loss', () => {
        expect(samplesOf(at(0), at(2_000, { packetsLost: 3, packetsReceived: 1_100 })).get('track')?.loss).toBe(0);
    });

    test('cannot be made of counters that began anew, nor of a stream that was not there', () => {
        expect(samplesOf(at(0), at(2_000, { bytesReceived: 5 })).size).toBe(0);
        expect(samplesOf(readingOf({}, 0), at(2_000)).size).toBe(0);
        const [one] = [...at(0).streams.values()];
        expect(sampleOf(one!, one!, 5, 5)).toBeUndefined();
    });
});
