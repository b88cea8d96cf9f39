package dev.parley.sfu.udp;

import dev.parley.sfu.SocketStats;
import java.io.IOException;

/**
 * The socket, or sockets, of one lane. Used by the lane's thread alone, but for what says otherwise.
 *
 * <p>Both directions work in batches over off-heap memory so that an implementation on recvmmsg/sendmmsg with UDP
 * GSO needs one system call a batch: consecutive entries of an {@link OutBatch} that have the same destination are
 * such a run.
 */
public interface UdpPort extends AutoCloseable {
    /** The UDP port in use. */
    int port();

    /**
     * Lets other ports of this process bind the same number from now on (SO_REUSEPORT): the kernel gives each remote
     * address to one of them.
     *
     * @throws IOException when the machine cannot do that
     */
    void share() throws IOException;

    /**
     * Makes the kernel choose by a {@link SteeringProgram} among the ports that share the number, in the order in which
     * they were bound; from any thread.
     *
     * @return false where that is not possible
     */
    boolean steer(long[] program);

    /** Fills a batch with what has arrived, without waiting; returns how many datagrams there are, 0 when none. */
    int receive(InBatch batch);

    /** Sends all datagrams of a batch and empties it. What the socket does not take is counted and forgotten. */
    void send(OutBatch batch);

    /** Waits until a datagram arrives, {@link #wakeUp()} is called or the time (nanoseconds) is over. */
    void await(long nanos);

    /** Ends the current or the next {@link #await}; from any thread. */
    void wakeUp();

    /** How many datagrams the socket refused. */
    long refused();

    /** What the sockets did; from any thread. */
    SocketStats stats();

    @Override
    void close();
}
