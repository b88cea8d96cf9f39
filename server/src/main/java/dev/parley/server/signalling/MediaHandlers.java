package dev.parley.server.signalling;

import dev.parley.server.room.OwnTransport;
import dev.parley.server.room.Participant;
import dev.parley.server.room.RoomException;
import dev.parley.sfu.ConsumerOptions;
import dev.parley.sfu.ProducerOptions;
import tools.jackson.databind.node.ArrayNode;

/** Sending and receiving streams. Only a participant's own objects are found. */
final class MediaHandlers {
    void handle(Participant self, Request.OfMedia request, Answer answer) {
        var media = self.room().media();
        switch (request) {
            case Request.Produce produce -> produce(self, produce, answer);
            case Request.PauseProducer pause -> {
                media.pause(self, pause.producerId(), true);
                answer.ok();
            }
            case Request.ResumeProducer resume -> {
                media.pause(self, resume.producerId(), false);
                answer.ok();
            }
            case Request.CloseProducer close -> {
                var producer = media.producer(self, close.producerId());
                media.forget(self, close.producerId());
                producer.close();
                answer.ok();
            }
            case Request.Consume consume -> consume(self, consume, answer);
            case Request.ResumeConsumer resume -> {
                media.consumer(self, resume.consumerId()).resume();
                answer.ok();
            }
            case Request.PauseConsumer pause -> {
                media.consumer(self, pause.consumerId()).pause();
                answer.ok();
            }
            case Request.CloseConsumer close -> {
                var consumer = media.consumer(self, close.consumerId());
                media.forgetConsumer(self, close.consumerId());
                consumer.close();
                answer.ok();
            }
            case Request.RequestKeyFrame ask -> {
                media.consumer(self, ask.consumerId()).requestKeyFrame();
                answer.ok();
            }
            case Request.GetStats stats -> stats(self, stats, answer);
        }
    }

    private static void produce(Participant self, Request.Produce produce, Answer answer) {
        var media = self.room().media();
        if (!(media.transport(self, produce.transportId()) instanceof OwnTransport.Sending(var transport))) {
            throw RoomException.invalid("This transport receives: create one with the direction \"send\".");
        }
        media.checkRoomForProducer(self);
        var source = produce.source();
        var options = new ProducerOptions(source.kind(), produce.rtpParameters(), produce.paused());
        var producer = transport.produce(options);
        var body = Json.object().put("producerId", producer.id());
        media.add(self, producer, source, produce.paused(), () -> answer.ok(body));
    }

    private static void consume(Participant self, Request.Consume consume, Answer answer) {
        var media = self.room().media();
        if (!(media.transport(self, consume.transportId())
                instanceof OwnTransport.Receiving(var transport, var capabilities))) {
            throw RoomException.invalid("This transport sends: create one with the direction \"recv\".");
        }
        if (!media.isOthers(self, consume.producerId())) {
            throw RoomException.notFound("producer");
        }
        if (!self.room().router().canConsume(consume.producerId(), capabilities)) {
            throw RoomException.unsupported("Your client cannot decode this stream: it has none of its codecs.");
        }
        var consumer = transport.consume(new ConsumerOptions(consume.producerId(), capabilities));
        media.add(self, consumer, producerPaused -> {
            var body = Json.object()
                    .put("consumerId", consumer.id())
                    .put("producerId", consumer.producerId())
                    .put("kind", consumer.kind().toString())
                    .put("type", consumer.type())
                    .put("producerPaused", producerPaused);
            body.set("rtpParameters", Json.of(consumer.rtpParameters()));
            answer.ok(body);
        });
    }

    private static void stats(Participant self, Request.GetStats request, Answer answer) {
        var media = self.room().media();
        var body = Json.object();
        var list = body.putArray("stats");
        request.transportId().ifPresent(id -> {
            var stats = media.transport(self, id).transport().stats();
            add(list, stats.type(), stats);
        });
        request.producerId()
                .ifPresent(id -> media.producer(self, id).stats().forEach(stats -> add(list, stats.type(), stats)));
        request.consumerId().ifPresent(id -> {
            var consumer = media.consumer(self, id);
            var stats = consumer.stats();
            add(list, stats.type(), stats);
            // How it gets here from its sender, so that a receiver can tell on whose side the trouble is.
            media.producerOf(consumer)
                    .ifPresent(producer -> producer.stats().forEach(received -> add(list, received.type(), received)));
        });
        answer.ok(body);
    }

    private static void add(ArrayNode list, String type, Object stats) {
        list.add(Json.of(stats).put("type", type));
    }
}
