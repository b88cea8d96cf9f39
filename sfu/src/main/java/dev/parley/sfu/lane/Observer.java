package dev.parley.sfu.lane;

/** Something that watches audio producers and is told when one of them goes. */
public interface Observer {
    /** It is to be watched no longer. */
    void remove(ProducerCore producer);

    /** Watches nothing any more. */
    void close();

    /** Whether it watches nothing any more. */
    boolean isClosed();
}
