package dev.parley.loadtest.signalling;

import dev.parley.loadtest.media.MediaException;
import dev.parley.loadtest.media.MediaPool;
import dev.parley.loadtest.media.ReceivingStream;
import dev.parley.loadtest.media.SendingStream;
import dev.parley.loadtest.media.StreamResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Somebody in a room: joins, sends, receives whatever others send, leaves. {@link #join} and {@link #leave} are for one
 * thread, which may be virtual; what the server tells meanwhile is done on a thread of the person's own.
 */
public final class Person {
    private static final int CONNECT_SECONDS = 30;

    private final World world;
    private final Room room;
    private final Plan plan;
    private final int number;
    private final BlockingQueue<Runnable> told = new LinkedBlockingQueue<>();
    private final Map<String, Received> received = new ConcurrentHashMap<>();
    private final List<SendingStream> sending = new ArrayList<>();
    private final ConcurrentLinkedQueue<StreamResult> ended = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private @Nullable SocketIo connection;
    private MediaPool.@Nullable Handle sendTransport;
    private MediaPool.@Nullable Handle receiveTransport;
    private String receiveTransportId = "";
    private volatile boolean present;
    private volatile long joinNanos = -1;

    /** A stream that is received. */
    private record Received(String participantId, ReceivingStream stream) {}

    /** A transport that was asked for, and its id. */
    private record Opened(String id, MediaPool.Handle handle) {}

    /** Somebody who has not come yet. */
    public Person(World world, Room room, Plan plan) {
        this.world = world;
        this.room = room;
        this.plan = plan;
        number = world.nextPerson();
    }

    /**
     * Comes in: connects, joins, connects its transports, sends what it has and takes what there is.
     *
     * @throws Refusal when the server does not let it
     * @throws MediaException when no media can flow
     */
    public void join() {
        long start = System.nanoTime();
        var open = SocketIo.connect(world.http(), world.server(), this::event, () -> disconnected());
        connection = open;
        var key = room.enter(open);
        var argument = SocketIo.object();
        argument.put("roomId", key.roomId()).put("code", key.code()).put("name", "Load " + number);
        var snapshot = open.request("join", argument);
        present = true;
        var capabilities = snapshot.path("routerRtpCapabilities");
        var outgoing = plan.connectsToSend()
                ? Optional.of(askForTransport(open, "send", capabilities))
                : Optional.<CompletableFuture<JsonNode>>empty();
        var incoming = plan.receives()
                ? Optional.of(askForTransport(open, "recv", capabilities))
                : Optional.<CompletableFuture<JsonNode>>empty();
        var opened = outgoing.map(asked -> open(open, true, asked));
        incoming.map(asked -> open(open, false, asked)).ifPresent(transport -> {
            receiveTransport = transport.handle;
            receiveTransportId = transport.id;
        });
        opened.ifPresent(transport -> {
            sendTransport = transport.handle;
            await(transport.handle);
            produce(open, transport, capabilities);
        });
        if (receiveTransport != null) {
            await(receiveTransport);
            var ids = new ArrayList<Announced>();
            for (var participant : snapshot.path("participants")) {
                for (var producer : participant.path("producers")) {
                    ids.add(new Announced(participant.path("id").asString(""), producer.path("id").asString("")));
                }
            }
            consume(open, receiveTransport, ids);
        }
        joinNanos = System.nanoTime() - start;
        Thread.startVirtualThread(this::listen);
    }

    private record Announced(String participantId, String producerId) {}

    private static CompletableFuture<JsonNode> askForTransport(SocketIo open, String direction, JsonNode capabilities) {
        var argument = SocketIo.object().put("direction", direction);
        if (direction.equals("recv")) {
            argument.set("rtpCapabilities", capabilities);
        }
        return open.ask("createTransport", argument);
    }

    private Opened open(SocketIo open, boolean sends, CompletableFuture<JsonNode> asked) {
        var answer = SocketIo.answer(asked);
        var id = answer.path("id").asString("");
        var connect = SocketIo.object().put("transportId", id);
        connect.set("dtlsParameters", TransportJson.dtlsParameters(world.media().fingerprints()));
        var connecting = open.ask("connectTransport", connect);
        var remote = TransportJson.remote(answer);
        var handle = world.media().connect(sends, TransportJson.local(remote), remote);
        SocketIo.answer(connecting);
        return new Opened(id, handle);
    }

    private static void await(MediaPool.Handle transport) {
        try {
            transport.connected().orTimeout(CONNECT_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof MediaException known
                    ? known
                    : Refusal.disconnected("No media connection within %d s.".formatted(CONNECT_SECONDS));
        }
    }

    private void produce(SocketIo open, Opened transport, JsonNode capabilities) {
        for (int i = 0; i < plan.sends().size(); i++) {
            var source = plan.sends().get(i);
            var stream = RtpJson.toSend(capabilities, number, i, source.video(), world.nextSsrc());
            var argument = SocketIo.object();
            argument.put("transportId", transport.id).put("kind", source.video() ? "video" : "audio");
            argument.put("source", source.source()).set("rtpParameters", RtpJson.toProduce(stream));
            var answer = open.request("produce", argument);
            world.directory().tell(answer.path("producerId").asString(""), new Directory.Content(number, i));
            sending.add(transport.handle.send(stream, source.shape().get(), world.seedOf(number, i)));
        }
    }

    /** Asks for streams, all at once, and lets them flow. */
    private void consume(SocketIo open, MediaPool.Handle transport, List<Announced> announced) {
        long askedAt = System.nanoTime();
        var asked = new ArrayList<CompletableFuture<JsonNode>>();
        for (var one : announced) {
            asked.add(open.ask(
                    "consume",
                    SocketIo.object().put("transportId", receiveTransportId).put("producerId", one.producerId)));
        }
        var resumed = new ArrayList<CompletableFuture<JsonNode>>();
        for (int i = 0; i < asked.size(); i++) {
            var producerId = announced.get(i).producerId;
            var participantId = announced.get(i).participantId;
            try {
                var consumer = SocketIo.answer(asked.get(i));
                world.directory().ask(producerId).ifPresent(content -> {
                    var stream = RtpJson.toReceive(consumer, content.person(), content.stream());
                    boolean checked = world.isChecked(number, content);
                    received.put(
                            producerId, new Received(participantId, transport.receive(stream, checked, askedAt)));
                    resumed.add(open.ask(
                            "resumeConsumer",
                            SocketIo.object().set("consumerId", consumer.path("consumerId"))));
                });
            } catch (Refusal refusal) {
                ignoreIfGone(refusal);
            }
        }
        for (var resume : resumed) {
            try {
                SocketIo.answer(resume);
            } catch (Refusal refusal) {
                ignoreIfGone(refusal);
            }
        }
    }

    /** Whoever left while we asked for his stream is no failure. */
    private static void ignoreIfGone(Refusal refusal) {
        if (!refusal.code().equals("not-found")) {
            throw refusal;
        }
    }

    private void event(String name, JsonNode body) {
        switch (name) {
            case "newProducer" -> told.add(() -> newProducer(body));
            case "producerClosed" -> told.add(() -> gone(body.path("producerId").asString("")));
            case "participantLeft" -> told.add(() -> participantLeft(body.path("participantId").asString("")));
            case "transportClosed" -> failures.add("The server closed a transport: "
                    + body.path("reason").asString("?"));
            case "roomClosed" -> failures.add("The server closed the room: " + body.path("reason").asString("?"));
            default -> {}
        }
    }

    private void disconnected() {
        if (present) {
            failures.add(String.valueOf(Refusal.disconnected("The server closed the connection.").getMessage()));
        }
    }

    private void listen() {
        try {
            while (present) {
                var next = told.poll(200, TimeUnit.MILLISECONDS);
                if (next != null) {
                    next.run();
                }
            }
        } catch (RuntimeException e) {
            // Whoever is leaving has lost what he was asking for.
            if (present) {
                failures.add(String.valueOf(e.getMessage()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void newProducer(JsonNode body) {
        if (receiveTransport != null && connection != null) {
            var announced = new Announced(
                    body.path("participantId").asString(""),
                    body.path("producer").path("id").asString(""));
            consume(connection, receiveTransport, List.of(announced));
        }
    }

    private void participantLeft(String participantId) {
        received.forEach((producerId, one) -> {
            if (one.participantId.equals(participantId)) {
                gone(producerId);
            }
        });
    }

    private void gone(String producerId) {
        var one = received.remove(producerId);
        if (one != null && receiveTransport != null) {
            ended.add(receiveTransport.forget(one.stream));
        }
    }

    /** Goes, with all its streams. */
    public void leave() {
        present = false;
        received.keySet().forEach(this::gone);
        if (connection != null) {
            try {
                connection.request("leave", SocketIo.object());
            } catch (Refusal alreadyGone) {
                // Then there is nothing to leave.
            }
            connection.close();
        }
        if (sendTransport != null) {
            sendTransport.close();
        }
        if (receiveTransport != null) {
            receiveTransport.close();
        }
    }

    /** Its number, by which its payloads are known. */
    public int number() {
        return number;
    }

    /** How long joining took, ns; −1 when it is not done. */
    public long joinNanos() {
        return joinNanos;
    }

    /** Whether it is in the room. */
    public boolean present() {
        return present;
    }

    /** What went wrong since it joined, in words. */
    public List<String> failures() {
        return List.copyOf(failures);
    }

    /** What it sends. */
    public List<SendingStream> sending() {
        return List.copyOf(sending);
    }

    /** The number of a stream's newest packet. */
    public int lastNumber(SendingStream stream) {
        return sendTransport == null ? -1 : sendTransport.lastNumber(stream);
    }

    /** What came so far of the streams that it receives now. */
    public List<StreamResult> receiving() {
        var transport = receiveTransport;
        return transport == null
                ? List.of()
                : received.values().stream().map(one -> transport.result(one.stream)).toList();
    }

    /** Of how many streams something has come. */
    public long flowing() {
        return receiving().stream().filter(result -> result.timeToFirstPacket() >= 0).count();
    }

    /** What came of streams that have ended. */
    public List<StreamResult> ended() {
        return List.copyOf(ended);
    }
}
