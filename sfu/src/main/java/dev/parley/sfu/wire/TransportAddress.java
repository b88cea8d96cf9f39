package dev.parley.sfu.wire;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/**
 * An IP address and port as plain numbers, so that a datagram's source can be compared and hashed without the JDK's
 * address objects. IPv4 is held as an IPv4-mapped IPv6 address (RFC 4291, 2.5.5.2): high = 0, low =
 * 0x0000ffff_aabbccdd.
 *
 * @param high the upper 64 bits of the IPv6 address
 * @param low the lower 64 bits of the IPv6 address
 * @param port the port, 0–65535
 * @param tcp 0 for UDP; over TCP the number of the connection, which makes another connection another address
 */
public record TransportAddress(long high, long low, int port, int tcp) {
    private static final long MAPPED = 0x0000_ffff_0000_0000L;

    /** An address over UDP. */
    public TransportAddress(long high, long low, int port) {
        this(high, low, port, 0);
    }

    /** The same IP address and port over a TCP connection. @param connection its number, not 0 */
    public TransportAddress overTcp(int connection) {
        return new TransportAddress(high, low, port, connection);
    }

    /** Whether it is the end of a TCP connection. */
    public boolean isTcp() {
        return tcp != 0;
    }

    /** The address of a resolved socket address. An unresolved one is a programming error. */
    public static TransportAddress of(InetSocketAddress socketAddress) {
        return of(socketAddress.getAddress(), socketAddress.getPort());
    }

    /** The address made of an IP address and a port. */
    public static TransportAddress of(InetAddress address, int port) {
        var bytes = ByteBuffer.wrap(address.getAddress());
        return address instanceof Inet4Address
                ? ipv4(bytes.getInt(), port)
                : new TransportAddress(bytes.getLong(), bytes.getLong(), port);
    }

    /** The address made of an IPv4 address as a big-endian int. */
    public static TransportAddress ipv4(int address, int port) {
        return new TransportAddress(0, MAPPED | (address & 0xffff_ffffL), port);
    }

    /** Whether this is an IPv4 address. */
    public boolean isIpv4() {
        return high == 0 && (low & 0xffff_ffff_0000_0000L) == MAPPED;
    }

    /** The address in network byte order: 4 bytes for IPv4, 16 for IPv6. */
    public byte[] addressBytes() {
        return isIpv4()
                ? ByteBuffer.allocate(4).putInt((int) low).array()
                : ByteBuffer.allocate(16).putLong(high).putLong(low).array();
    }

    /** The JDK's form of this address, for sockets and for people. */
    public InetSocketAddress toInetSocketAddress() {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(addressBytes()), port);
        } catch (UnknownHostException impossible) {
            throw new AssertionError("4 and 16 bytes are always an address", impossible);
        }
    }

    @Override
    public String toString() {
        var socketAddress = toInetSocketAddress();
        var host = socketAddress.getAddress().getHostAddress();
        return isIpv4() ? host + ":" + port : "[" + host + "]:" + port;
    }
}
