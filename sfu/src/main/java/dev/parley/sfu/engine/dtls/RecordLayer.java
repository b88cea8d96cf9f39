package dev.parley.sfu.engine.dtls;

import dev.parley.sfu.engine.Drop;
import dev.parley.sfu.engine.DropCounters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Protects and opens records, numbers them, and keeps those of the next epoch that came before their keys. The epoch in
 * the header alone decides how a record is read; a ChangeCipherSpec, which nobody signs, switches nothing.
 */
final class RecordLayer {
    private static final int MOST_EARLY = 8;
    private static final int LARGEST_EARLY = 2048;

    private final DropCounters drops;
    private final long[] nextSequence = new long[2];
    private final ReplayWindow window = new ReplayWindow();
    private final List<DtlsRecord> early = new ArrayList<>(0);
    private @Nullable RecordCipher reading;
    private @Nullable RecordCipher writing;

    RecordLayer(DropCounters drops) {
        this.drops = drops;
    }

    void install(RecordCipher reading, RecordCipher writing) {
        this.reading = reading;
        this.writing = writing;
    }

    /** A record with the next number of its epoch. Epoch 1 needs its keys installed. */
    byte[] write(int type, int epoch, int version, byte[] plain) {
        long sequence = nextSequence[epoch]++;
        var cipher = writing;
        byte[] body = plain;
        if (epoch == 1) {
            if (cipher == null) {
                throw new IllegalStateException("no keys yet for epoch 1");
            }
            body = cipher.seal(type, 1L << 48 | sequence, plain);
        }
        return new ByteWriter()
                .u8(type)
                .u16(version)
                .u16(epoch)
                .u48(sequence)
                .opaque16(body)
                .toBytes();
    }

    /**
     * The plain text of an encrypted record. Empty if it was dropped, and counted; or if its keys are not known yet,
     * and then it is kept for {@link #takeEarly}.
     */
    Optional<byte[]> open(DtlsRecord record) {
        var cipher = reading;
        if (cipher == null) {
            keep(record);
            return Optional.empty();
        }
        if (!window.isNew(record.sequence())) {
            drops.count(Drop.DTLS_REPLAY);
            return Optional.empty();
        }
        var plain = cipher.open(record.type(), record.epochAndSequence(), record.body());
        if (plain.isPresent()) {
            window.mark(record.sequence());
        } else {
            drops.count(Drop.DTLS_AUTHENTICATION);
        }
        return plain;
    }

    /** The records that came before their keys, once the keys are there. */
    List<DtlsRecord> takeEarly() {
        if (reading == null || early.isEmpty()) {
            return List.of();
        }
        var taken = List.copyOf(early);
        early.clear();
        return taken;
    }

    private void keep(DtlsRecord record) {
        if (early.size() < MOST_EARLY && record.body().length <= LARGEST_EARLY) {
            early.add(record);
        } else {
            drops.count(Drop.NOT_CONNECTED);
        }
    }
}
