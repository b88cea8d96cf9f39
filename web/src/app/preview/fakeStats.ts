import type { MeetingSnapshot } from '../../sdk';

type Entry = Record<string, unknown> & { id: string; type: string };

/** Made-up counters that grow with time, as a browser's do. Whoever is called "Ravi" loses packets. */
export function fakeReports({ participants, local }: MeetingSnapshot, ownCamera: MediaStreamTrack | undefined) {
    const now = performance.now() / 1_000;
    const wave = (index: number) => 1 + 0.25 * Math.sin(now / 3 + index);
    const recv: Entry[] = [...path(), { id: 'V', type: 'codec', mimeType: 'video/VP8' }, { id: 'A', type: 'codec', mimeType: 'audio/opus' }];
    participants.forEach(({ name, tracks }, index) => tracks.forEach(({ id, kind, track }) => {
        const lossy = name.startsWith('Ravi');
        const packets = now * (kind === 'video' ? 90 : 50);
        recv.push({
            id, type: 'inbound-rtp', kind, trackIdentifier: track?.id, codecId: kind === 'video' ? 'V' : 'A',
            bytesReceived: now * (kind === 'video' ? 110_000 : 4_500) + 60_000 * Math.sin(now / 4 + index), packetsReceived: packets,
            packetsLost: lossy ? packets * 0.06 : packets * 0.001, framesDecoded: now * 24, framesPerSecond: Math.round(24 * wave(index)),
            frameWidth: 960, frameHeight: 540, totalFreezesDuration: 0, jitter: 0.006 * wave(index),
        });
    }));
    const send: Entry[] = [...path(), { id: 'V', type: 'codec', mimeType: 'video/VP8' }];
    const camera = local.camera?.track ?? ownCamera;
    if (camera !== undefined) {
        send.push({ id: 'source', type: 'media-source', trackIdentifier: camera.id });
        send.push({ id: 'out', type: 'outbound-rtp', kind: 'video', mediaSourceId: 'source', codecId: 'V', bytesSent: now * 140_000 + 90_000 * Math.sin(now / 5),
            packetsSent: now * 120, framesEncoded: now * 25, framesPerSecond: 25, frameWidth: 1280, frameHeight: 720, qualityLimitationReason: 'none' });
        send.push({ id: 'remote', type: 'remote-inbound-rtp', localId: 'out', fractionLost: 0.002 * wave(1), jitter: 0.004, roundTripTime: 0.038 * wave(2) });
    }
    const report = (entries: Entry[]) => new Map(entries.map((entry) => [entry.id, entry])) as unknown as RTCStatsReport;
    return { send: report(send), recv: report(recv) };
}

function path(): Entry[] {
    return [
        { id: 'T', type: 'transport', selectedCandidatePairId: 'P', tlsVersion: 'FEFD', srtpCipher: 'AEAD_AES_128_GCM' },
        { id: 'P', type: 'candidate-pair', localCandidateId: 'L', currentRoundTripTime: 0.036, availableOutgoingBitrate: 2_450_000 },
        { id: 'L', type: 'local-candidate', candidateType: 'host', protocol: 'udp' },
    ];
}
