package dev.parley.server.stun;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A STUN message of any method (RFC 8489, 5).
 *
 * @param type method and class
 * @param transaction 12 bytes
 * @param attributes in order
 */
record StunFrame(int type, byte[] transaction, List<Attribute> attributes) {
    static final int HEADER = 20;

    static final int BINDING = 0x0001;
    static final int ALLOCATE = 0x0003;
    static final int REFRESH = 0x0004;
    static final int SEND_INDICATION = 0x0016;
    static final int DATA_INDICATION = 0x0017;
    static final int CREATE_PERMISSION = 0x0008;
    static final int SUCCESS = 0x0100;
    static final int ERROR = 0x0110;

    static final int MAPPED_ADDRESS = 0x0001;
    static final int USERNAME = 0x0006;
    static final int MESSAGE_INTEGRITY = 0x0008;
    static final int ERROR_CODE = 0x0009;
    static final int LIFETIME = 0x000d;
    static final int XOR_PEER_ADDRESS = 0x0012;
    static final int DATA = 0x0013;
    static final int REALM = 0x0014;
    static final int NONCE = 0x0015;
    static final int XOR_RELAYED_ADDRESS = 0x0016;
    static final int REQUESTED_ADDRESS_FAMILY = 0x0017;
    static final int REQUESTED_TRANSPORT = 0x0019;
    static final int XOR_MAPPED_ADDRESS = 0x0020;

    private static final int COOKIE = 0x2112_a442;
    private static final int INTEGRITY_BYTES = 20;
    private static final int IPV4 = 1;
    private static final int IPV6 = 2;

    /** One attribute; the value without its padding. */
    record Attribute(int type, byte[] value) {}

    StunFrame {
        attributes = List.copyOf(attributes);
    }

    /** The bytes, with MESSAGE-INTEGRITY when there is a key. */
    byte[] encode(Optional<byte[]> key) {
        var body = ByteBuffer.allocate(4_096);
        for (var attribute : attributes) {
            put(body, attribute);
        }
        key.ifPresent(bytes -> {
            var covered = message(body, INTEGRITY_BYTES + 4);
            put(body, new Attribute(MESSAGE_INTEGRITY, hmac(bytes, covered)));
        });
        return message(body, 0);
    }

    /** Whether the bytes so far begin a message that is this long in all; −1 when more of the header is needed. */
    static int lengthOf(byte[] bytes, int count) {
        return count < HEADER ? -1 : HEADER + ((bytes[2] & 0xff) << 8 | bytes[3] & 0xff);
    }

    /** Reads one; empty for what is none. */
    static Optional<StunFrame> parse(byte[] bytes) {
        if (bytes.length < HEADER || bytes[0] < 0 || bytes[0] > 0x3f) {
            return Optional.empty();
        }
        var in = ByteBuffer.wrap(bytes);
        int type = in.getShort();
        int length = in.getShort() & 0xffff;
        if (in.getInt() != COOKIE || length != bytes.length - HEADER || (length & 3) != 0) {
            return Optional.empty();
        }
        var transaction = new byte[12];
        in.get(transaction);
        var attributes = new ArrayList<Attribute>();
        while (in.remaining() >= 4) {
            int attributeType = in.getShort() & 0xffff;
            int size = in.getShort() & 0xffff;
            int padded = (size + 3) & ~3;
            if (padded > in.remaining()) {
                return Optional.empty();
            }
            var value = new byte[size];
            in.get(value);
            in.position(in.position() + padded - size);
            attributes.add(new Attribute(attributeType, value));
        }
        return Optional.of(new StunFrame(type, transaction, attributes));
    }

    boolean answers(StunFrame request) {
        return Arrays.equals(transaction, request.transaction)
                && (type == (request.type | SUCCESS) || type == (request.type | ERROR));
    }

    boolean isError() {
        return (type & ERROR) == ERROR;
    }

    Optional<byte[]> value(int wanted) {
        return attributes.stream()
                .filter(attribute -> attribute.type == wanted)
                .map(Attribute::value)
                .findFirst();
    }

    /** The three digits of ERROR-CODE; 0 without one. */
    int errorCode() {
        return value(ERROR_CODE).filter(v -> v.length >= 4).map(v -> (v[2] & 7) * 100 + v[3]).orElse(0);
    }

    String errorReason() {
        return value(ERROR_CODE)
                .filter(v -> v.length > 4)
                .map(v -> new String(v, 4, v.length - 4, StandardCharsets.UTF_8).replaceAll("[^ -~]", "?"))
                .orElse("");
    }

    /** An address that is XORed with the cookie (RFC 8489, 14.2). */
    Optional<InetSocketAddress> xorAddress(int wanted) {
        return value(wanted).flatMap(value -> address(value, transaction));
    }

    static Attribute xorAddress(int type, InetSocketAddress address, byte[] transaction) {
        var ip = address.getAddress().getAddress();
        var value = ByteBuffer.allocate(4 + ip.length);
        value.put((byte) 0).put((byte) (ip.length == 4 ? IPV4 : IPV6));
        value.putShort((short) (address.getPort() ^ COOKIE >>> 16));
        return new Attribute(type, value.put(xored(ip, transaction)).array());
    }

    private static Optional<InetSocketAddress> address(byte[] value, byte[] transaction) {
        boolean v4 = value.length == 8 && value[1] == IPV4;
        if (!v4 && !(value.length == 20 && value[1] == IPV6)) {
            return Optional.empty();
        }
        try {
            int port = ((value[2] & 0xff) << 8 | value[3] & 0xff) ^ COOKIE >>> 16;
            var ip = xored(Arrays.copyOfRange(value, 4, value.length), transaction);
            return Optional.of(new InetSocketAddress(InetAddress.getByAddress(ip), port));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 and 16 bytes are addresses", e);
        }
    }

    private static byte[] xored(byte[] ip, byte[] transaction) {
        var mask = ByteBuffer.allocate(16).putInt(COOKIE).put(transaction).array();
        var result = new byte[ip.length];
        for (int i = 0; i < ip.length; i++) {
            result[i] = (byte) (ip[i] ^ mask[i]);
        }
        return result;
    }

    private static void put(ByteBuffer body, Attribute attribute) {
        body.putShort((short) attribute.type).putShort((short) attribute.value.length).put(attribute.value);
        while ((body.position() & 3) != 0) {
            body.put((byte) 0);
        }
    }

    /** Header and body; the length counts {@code more} bytes that are still to come. */
    private byte[] message(ByteBuffer body, int more) {
        return ByteBuffer.allocate(HEADER + body.position())
                .putShort((short) type)
                .putShort((short) (body.position() + more))
                .putInt(COOKIE)
                .put(transaction)
                .put(body.array(), 0, body.position())
                .array();
    }

    private static byte[] hmac(byte[] key, byte[] message) {
        try {
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(key, "HmacSHA1"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has HMAC-SHA1", e);
        }
    }
}
