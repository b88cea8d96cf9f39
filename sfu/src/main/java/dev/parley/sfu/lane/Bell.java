package dev.parley.sfu.lane;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * One lane tells another that there is something to look at. A bell that rings already rings no louder: however many
 * packets come in during a turn, the other lane is told once. It carries nothing; what there is to see lies in fields
 * that were written before it rang.
 */
final class Bell {
    /** What the lane that hears it does. */
    @FunctionalInterface
    interface Answer {
        void heard(LaneCore on, long now);
    }

    private static final VarHandle RINGING;

    static {
        try {
            RINGING = MethodHandles.lookup().findVarHandle(Bell.class, "ringing", boolean.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private final Answer answer;
    /** The one that began to ring before it, while both hang in {@link Bells}. */
    @Nullable Bell next;

    @SuppressWarnings("unused") // by the handle alone
    private boolean ringing;

    Bell(Answer answer) {
        this.answer = answer;
    }

    /**
     * Begins to ring. An exchange, and not a look before it: it is the one that orders what was written before against
     * the hearer's {@link #hear}, whether the bell was silent or not.
     *
     * @return false when it rings already
     */
    boolean ring() {
        return !(boolean) RINGING.getAndSet(this, true);
    }

    /** Falls silent and is answered: what is rung from now on is heard anew. */
    void hear(LaneCore on, long now) {
        RINGING.getAndSet(this, false);
        answer.heard(on, now);
    }
}
