package dev.parley.bench.forward;

import dev.parley.sfu.engine.srtp.SrtpKeys;
import dev.parley.sfu.udp.UdpPort;
import dev.parley.sfu.wire.TransportAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A forwarder in a process of its own. */
interface Subject extends AutoCloseable {
    /**
     * Starts one.
     *
     * @param name as the options call it
     * @param java options of the SFU's virtual machine
     * @param port where a C program receives
     * @param firstSinkPort where it sends: to this port and those that follow
     */
    static Subject named(String name, Options options, List<String> java, int port, int firstSinkPort) throws IOException {
        return switch (name) {
            case "ordinary", "limit" -> new ReferenceSubject(
                    name, Path.of(options.reference()).resolve(name), port, firstSinkPort);
            default -> ParleySubject.named(name, java);
        };
    }

    /** What the results call it. */
    String name();

    /** Its process. */
    long pid();

    /** The names of those of its threads that forward begin so; empty means all. */
    String threads();

    /**
     * Makes it forward one publisher's packets to the first so many sinks.
     *
     * @return where and under which keys the publisher sends
     */
    Way prepare(Traffic traffic, Sinks sinks, UdpPort publisher) throws IOException;

    /** Bytes allocated by the threads that forward, since the start; −1 where that is not known. */
    default long allocated() throws IOException {
        return -1;
    }

    @Override
    void close() throws IOException;

    /**
     * The way to it.
     *
     * @param to where the publisher sends
     * @param publisher the publisher's keys
     * @param subscribers the subscribers' keys
     */
    record Way(TransportAddress to, SrtpKeys publisher, List<SrtpKeys> subscribers) {}
}
