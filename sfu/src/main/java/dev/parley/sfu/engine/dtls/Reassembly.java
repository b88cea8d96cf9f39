package dev.parley.sfu.engine.dtls;

import java.util.BitSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts the peer's handshake messages together from fragments that come in any order, overlap or repeat, and hands them
 * out in sequence (RFC 6347, 4.2.3). What a stranger can make it hold is bounded: a few messages ahead, 16 KiB each by
 * their declared length and 40 KiB in all, 64 fragments a message.
 */
final class Reassembly {
    static final int LARGEST_MESSAGE = 16 * 1024;
    static final int MOST_FRAGMENTS = 64;
    private static final int MOST_HELD = 40 * 1024;
    private static final int AHEAD = 8;

    /** What became of a fragment. */
    enum Verdict {
        /** It brought something new. */
        TAKEN,
        /** It repeats what is known. */
        REPEATED,
        /** It contradicts itself or others, or is over a limit. */
        REFUSED
    }

    /** A fragment's header and content. */
    record Fragment(int type, int length, int sequence, int offset, byte[] content) {
        /** The next fragment in the body of a record; empty if what is left is none. */
        static Optional<Fragment> next(ByteReader record) {
            int type = record.u8();
            int length = record.u24();
            int sequence = record.u16();
            int offset = record.u24();
            byte[] content = record.opaque24();
            return record.isSound()
                    ? Optional.of(new Fragment(type, length, sequence, offset, content))
                    : Optional.empty();
        }

        boolean isWhole() {
            return offset == 0 && content.length == length;
        }

        private boolean isSane() {
            // An empty fragment of a message that is not empty brings nothing and would be counted for ever.
            return length <= LARGEST_MESSAGE
                    && offset + content.length <= length
                    && (content.length > 0 || length == 0);
        }
    }

    private static final class Partial {
        private final int type;
        private final int epoch;
        private final byte[] body;
        private final BitSet have;
        private int fragments;

        private Partial(int type, int epoch, int length) {
            this.type = type;
            this.epoch = epoch;
            this.body = new byte[length];
            this.have = new BitSet(length);
        }

        private boolean isComplete() {
            return fragments > 0 && have.nextClearBit(0) >= body.length;
        }
    }

    private final @Nullable Partial[] partials = new @Nullable Partial[AHEAD];
    private int next;
    private int held;

    /** The sequence number of the message that {@link #poll} gives next. */
    int next() {
        return next;
    }

    /** Takes one fragment from a record of an epoch. */
    Verdict accept(int epoch, Fragment fragment) {
        if (!fragment.isSane() || fragment.sequence() >= next + AHEAD) {
            return Verdict.REFUSED;
        }
        if (fragment.sequence() < next) {
            return Verdict.REPEATED;
        }
        var partial = partials[fragment.sequence() % AHEAD];
        if (partial != null && !fits(partial, epoch, fragment)) {
            // One that is whole, or that was encrypted, counts more than the pieces of one that may be forged.
            if (epoch < partial.epoch || epoch == partial.epoch && (!fragment.isWhole() || partial.isComplete())) {
                return Verdict.REFUSED;
            }
            discard(fragment.sequence());
            partial = null;
        }
        if (partial == null) {
            if (!makeRoom(fragment)) {
                return Verdict.REFUSED;
            }
            partial = new Partial(fragment.type(), epoch, fragment.length());
            partials[fragment.sequence() % AHEAD] = partial;
            held += fragment.length();
        }
        return add(partial, fragment);
    }

    /** The next message in sequence, if it is complete. */
    Optional<HandshakeMessage> poll() {
        var partial = partials[next % AHEAD];
        if (partial == null || !partial.isComplete()) {
            return Optional.empty();
        }
        var message = new HandshakeMessage(partial.type, next, partial.epoch, partial.body);
        discard(next);
        next++;
        return Optional.of(message);
    }

    /** Waits again for the message that was polled last: it was no good, and unauthenticated. */
    void expectAgain(HandshakeMessage message) {
        next = message.sequence();
    }

    /** Gives up messages that are further ahead, so that forged ones cannot keep the one out that is needed next. */
    private boolean makeRoom(Fragment fragment) {
        for (int ahead = next + AHEAD - 1; ahead > fragment.sequence(); ahead--) {
            if (held + fragment.length() <= MOST_HELD) {
                return true;
            }
            discard(ahead);
        }
        return held + fragment.length() <= MOST_HELD;
    }

    private static boolean fits(Partial partial, int epoch, Fragment fragment) {
        return partial.epoch == epoch
                && partial.type == fragment.type()
                && partial.body.length == fragment.length();
    }

    private static Verdict add(Partial partial, Fragment fragment) {
        int end = fragment.offset() + fragment.content().length;
        if (partial.isComplete() || partial.fragments > 0 && partial.have.nextClearBit(fragment.offset()) >= end) {
            return Verdict.REPEATED;
        }
        if (partial.fragments >= MOST_FRAGMENTS && !fragment.isWhole()) {
            return Verdict.REFUSED;
        }
        partial.fragments++;
        System.arraycopy(fragment.content(), 0, partial.body, fragment.offset(), fragment.content().length);
        partial.have.set(fragment.offset(), end);
        return Verdict.TAKEN;
    }

    private void discard(int sequence) {
        var partial = partials[sequence % AHEAD];
        if (partial != null) {
            held -= partial.body.length;
            partials[sequence % AHEAD] = null;
        }
    }
}
