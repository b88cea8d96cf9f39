package dev.parley.sfu.engine.dtls;

import java.util.ArrayList;
import java.util.List;

/**
 * The messages that go out together, and go out again together when no answer comes (RFC 6347, 4.2.4). Each sending
 * makes new records with new sequence numbers, as the RFC asks.
 */
final class Flight {
    /** A piece of a message smaller than this is not worth the room that is left in a datagram. */
    private static final int LEAST_PIECE = 32;

    private static final byte[] CHANGE_CIPHER_SPEC = {1};

    private sealed interface Item {
        record Message(HandshakeMessage message) implements Item {}

        record ChangeCipherSpec() implements Item {}
    }

    private final List<Item> items = new ArrayList<>();
    private final int version;

    /**
     * An empty flight.
     *
     * @param version the version in the records' headers
     */
    Flight(int version) {
        this.version = version;
    }

    void add(HandshakeMessage message) {
        items.add(new Item.Message(message));
    }

    void addChangeCipherSpec() {
        items.add(new Item.ChangeCipherSpec());
    }

    /** Whether it ends with our Finished, after which we write in epoch 1. */
    boolean isFinal() {
        return items.contains(new Item.ChangeCipherSpec());
    }

    /** The datagrams of one sending, none larger than a limit. */
    List<byte[]> datagrams(RecordLayer records, int limit) {
        var packing = new Packing(records, limit);
        for (var item : items) {
            switch (item) {
                case Item.Message(var message) -> packing.add(message);
                case Item.ChangeCipherSpec() -> packing.addChangeCipherSpec();
            }
        }
        return packing.finish();
    }

    private final class Packing {
        private final List<byte[]> datagrams = new ArrayList<>();
        private final RecordLayer records;
        private final int limit;
        private ByteWriter current = new ByteWriter();

        private Packing(RecordLayer records, int limit) {
            this.records = records;
            this.limit = limit;
        }

        private void add(HandshakeMessage message) {
            int overhead = DtlsRecord.HEADER
                    + HandshakeMessage.HEADER
                    + (message.epoch() == 0 ? 0 : RecordCipher.OVERHEAD);
            int length = message.body().length;
            int offset = 0;
            do {
                int left = length - offset;
                if (limit - current.length() - overhead < Math.min(left, LEAST_PIECE)) {
                    flush();
                }
                int count = Math.min(left, limit - current.length() - overhead);
                var piece = message.fragment(offset, count);
                current.bytes(records.write(DtlsRecord.HANDSHAKE, message.epoch(), version, piece));
                offset += count;
            } while (offset < length);
        }

        private void addChangeCipherSpec() {
            if (limit - current.length() < DtlsRecord.HEADER + CHANGE_CIPHER_SPEC.length) {
                flush();
            }
            current.bytes(records.write(DtlsRecord.CHANGE_CIPHER_SPEC, 0, version, CHANGE_CIPHER_SPEC));
        }

        private void flush() {
            if (current.length() > 0) {
                datagrams.add(current.toBytes());
                current = new ByteWriter();
            }
        }

        private List<byte[]> finish() {
            flush();
            return datagrams;
        }
    }
}
