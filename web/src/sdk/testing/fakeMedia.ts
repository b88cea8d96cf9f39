import { generateConsumerRemoteParameters, generateTransportRemoteParameters } from 'mediasoup-client/fakeParameters';
import type { Requests } from '../messages';
import { Refusal } from './fakeSeat';
import type { FakeServer } from './fakeServer';
import type { FakeSocket } from './fakeSocket';

/** How the fake server answers about transports, probes, producers and consumers. */
export const media = {
    createTransport(this: FakeServer, socket: FakeSocket): Requests['createTransport']['receive'] {
        const id = this.id('transport');
        this.seat(socket).transports.add(id);
        const { iceParameters, iceCandidates, dtlsParameters } = generateTransportRemoteParameters();
        const overTcp = { ...iceCandidates[0]!, foundation: 'tcp', priority: 1, protocol: 'tcp', tcpType: 'passive' } as const;
        return { id, iceParameters, iceCandidates: [...iceCandidates, overTcp], dtlsParameters, iceServers: this.iceServers };
    },

    connectTransport(this: FakeServer, socket: FakeSocket, { transportId }: { transportId: string }): object {
        this.transport(socket, transportId);
        return {};
    },

    closeTransport(this: FakeServer, socket: FakeSocket, { transportId }: { transportId: string }): object {
        this.closeTransport(this.transport(socket, transportId), transportId, false);
        return {};
    },

    restartIce(this: FakeServer, socket: FakeSocket, { transportId }: { transportId: string }): object {
        this.transport(socket, transportId);
        return { iceParameters: generateTransportRemoteParameters().iceParameters, iceServers: this.iceServers };
    },

    openProbe(this: FakeServer): Requests['openProbe']['receive'] {
        const { iceParameters, dtlsParameters } = generateTransportRemoteParameters();
        const id = this.id('probe');
        this.probes.add(id);
        return { id, iceParameters, iceCandidates: [...this.probeCandidates], dtlsParameters, iceServers: this.iceServers };
    },

    connectProbe(this: FakeServer, _: FakeSocket, { transportId }: { transportId: string }): object {
        if (!this.probes.has(transportId)) throw new Refusal('not-found', 'No such probe.');
        return {};
    },

    closeProbe(this: FakeServer, _: FakeSocket, { transportId }: { transportId: string }): object {
        if (!this.probes.delete(transportId)) throw new Refusal('not-found', 'No such probe.');
        return {};
    },

    produce(this: FakeServer, socket: FakeSocket, send: Requests['produce']['send']): { producerId: string } {
        const seat = this.transport(socket, send.transportId);
        const { kind, source, paused = false, transportId } = send;
        const producer = { id: this.id('producer'), kind, source, paused, transportId };
        seat.producers.set(producer.id, producer);
        const { id } = producer;
        this.broadcast('newProducer', { participantId: seat.id, producer: { id, kind, source, paused } }, seat);
        return { producerId: id };
    },

    pauseProducer(this: FakeServer, socket: FakeSocket, { producerId }: { producerId: string }): object {
        return pause(this, socket, producerId, true);
    },

    resumeProducer(this: FakeServer, socket: FakeSocket, { producerId }: { producerId: string }): object {
        return pause(this, socket, producerId, false);
    },

    closeProducer(this: FakeServer, socket: FakeSocket, { producerId }: { producerId: string }): object {
        this.closeProducer(this.seat(socket), producerId);
        return {};
    },

    consume(this: FakeServer, socket: FakeSocket, send: Requests['consume']['send']): Requests['consume']['receive'] {
        const seat = this.transport(socket, send.transportId);
        const producer = [...this.seats.values()].map((other) => other.producers.get(send.producerId)).find(Boolean);
        if (!producer) throw new Refusal('not-found', 'No such producer.');
        const id = this.id('consumer');
        seat.consumers.set(id, { id, producerId: producer.id, transportId: send.transportId, resumed: false });
        const codecMimeType = producer.kind === 'audio' ? 'audio/opus' : 'video/VP8';
        const { rtpParameters } = generateConsumerRemoteParameters({ id, codecMimeType });
        const { kind, paused } = producer;
        return { consumerId: id, producerId: producer.id, kind, rtpParameters, type: 'simple', producerPaused: paused };
    },

    resumeConsumer(this: FakeServer, socket: FakeSocket, { consumerId }: { consumerId: string }): object {
        const consumer = this.seat(socket).consumers.get(consumerId);
        if (!consumer) throw new Refusal('not-found', 'No such consumer.');
        consumer.resumed = true;
        return {};
    },

    pauseConsumer(this: FakeServer, socket: FakeSocket, { consumerId }: { consumerId: string }): object {
        const consumer = this.seat(socket).consumers.get(consumerId);
        if (!consumer) throw new Refusal('not-found', 'No such consumer.');
        consumer.resumed = false;
        return {};
    },

    getStats(this: FakeServer, socket: FakeSocket, { producerId, consumerId }: Requests['getStats']['send']): Requests['getStats']['receive'] {
        const seat = this.seat(socket);
        if (producerId !== undefined && !seat.producers.has(producerId)) throw new Refusal('not-found', 'No such producer.');
        if (consumerId !== undefined && !seat.consumers.has(consumerId)) throw new Refusal('not-found', 'No such consumer.');
        const inbound = { type: 'inbound-rtp', mimeType: 'video/VP8', packetsReceived: 100, packetsLost: 5, fractionLost: 0.05, bitrate: 800_000 };
        const outbound = { type: 'outbound-rtp', mimeType: 'video/VP8', packetsSent: 95, packetsLost: 0, fractionLost: 0, bitrate: 760_000 };
        return { stats: consumerId === undefined ? [inbound] : [outbound, inbound] };
    },

    closeConsumer(this: FakeServer, socket: FakeSocket, { consumerId }: { consumerId: string }): object {
        this.seat(socket).consumers.delete(consumerId);
        return {};
    },
};

function pause(server: FakeServer, socket: FakeSocket, producerId: string, paused: boolean): object {
    const seat = server.seat(socket);
    const producer = seat.producers.get(producerId);
    if (!producer) throw new Refusal('not-found', 'No such producer.');
    producer.paused = paused;
    if (!paused) producer.pausedByHost = false;
    server.broadcast(paused ? 'producerPaused' : 'producerResumed', { participantId: seat.id, producerId }, seat);
    return {};
}
