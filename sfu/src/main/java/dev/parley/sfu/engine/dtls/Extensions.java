package dev.parley.sfu.engine.dtls;

import dev.parley.sfu.engine.srtp.SrtpProfile;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The extensions of a hello by their numbers (RFC 5246, 7.4.1.4). Those that we know have accessors that tell a
 * malformed one by an empty answer; all others are kept and not looked at.
 *
 * @param values the content by number, in the order on the wire
 */
record Extensions(Map<Integer, byte[]> values) {
    static final int SUPPORTED_GROUPS = 10;
    static final int EC_POINT_FORMATS = 11;
    static final int SIGNATURE_ALGORITHMS = 13;
    static final int USE_SRTP = 14;
    static final int EXTENDED_MASTER_SECRET = 23;
    static final int SUPPORTED_VERSIONS = 43;
    static final int RENEGOTIATION_INFO = 0xff01;

    private static final byte[] EMPTY_RENEGOTIATION_INFO = {0};
    private static final byte[] UNCOMPRESSED_POINTS = {1, 0};

    /**
     * Reads the block at the end of a hello, which may be missing as a whole. Empty if malformed or one comes twice.
     */
    static Optional<Extensions> parse(ByteReader hello) {
        var values = new LinkedHashMap<Integer, byte[]>();
        if (hello.isDone()) {
            return Optional.of(new Extensions(values));
        }
        var block = hello.vector16();
        while (block.remaining() > 0) {
            int type = block.u16();
            if (values.put(type, block.opaque16()) != null) {
                return Optional.empty();
            }
        }
        return hello.isDone() && block.isDone() ? Optional.of(new Extensions(values)) : Optional.empty();
    }

    /** What a client of ours offers (RFC 8422, 5.1; RFC 7627; RFC 5746; RFC 5764). */
    static Extensions ofClient(List<SrtpProfile> profiles) {
        var groups = new ByteWriter().u16(2 * NamedGroup.values().length);
        for (var group : NamedGroup.values()) {
            groups.u16(group.id());
        }
        var values = new LinkedHashMap<Integer, byte[]>();
        values.put(RENEGOTIATION_INFO, EMPTY_RENEGOTIATION_INFO);
        values.put(EXTENDED_MASTER_SECRET, new byte[0]);
        values.put(SUPPORTED_GROUPS, groups.toBytes());
        values.put(EC_POINT_FORMATS, UNCOMPRESSED_POINTS);
        values.put(SIGNATURE_ALGORITHMS, SignatureScheme.encodeAll());
        values.put(USE_SRTP, useSrtp(profiles));
        return new Extensions(values);
    }

    /** What our server answers to a client; no more than the client offered. */
    static Extensions ofServer(SrtpProfile profile, Extensions offered) {
        var values = new LinkedHashMap<Integer, byte[]>();
        // Allowed in answer to the signalling cipher suite too (RFC 5746, 3.6).
        values.put(RENEGOTIATION_INFO, EMPTY_RENEGOTIATION_INFO);
        values.put(EXTENDED_MASTER_SECRET, new byte[0]);
        if (offered.has(EC_POINT_FORMATS)) {
            values.put(EC_POINT_FORMATS, UNCOMPRESSED_POINTS);
        }
        values.put(USE_SRTP, useSrtp(List.of(profile)));
        return new Extensions(values);
    }

    void write(ByteWriter hello) {
        var block = new ByteWriter();
        values.forEach((type, value) -> block.u16(type).opaque16(value));
        hello.opaque16(block.toBytes());
    }

    boolean has(int type) {
        return values.containsKey(type);
    }

    Set<Integer> types() {
        return values.keySet();
    }

    boolean hasExtendedMasterSecret() {
        return isExactly(EXTENDED_MASTER_SECRET, new byte[0]);
    }

    /** In a first handshake the renegotiation_info is present and empty, or absent (RFC 5746, 3.4 and 3.6). */
    boolean hasEmptyRenegotiationInfo() {
        return isExactly(RENEGOTIATION_INFO, EMPTY_RENEGOTIATION_INFO);
    }

    /** supported_groups; empty if absent or malformed. */
    Optional<int[]> groups() {
        return numbers(SUPPORTED_GROUPS);
    }

    /** signature_algorithms; empty if absent or malformed. */
    Optional<int[]> signatureAlgorithms() {
        return numbers(SIGNATURE_ALGORITHMS);
    }

    /** The SRTP profiles of use_srtp, as numbers; empty if absent or malformed. The MKI is read over: we use none. */
    Optional<int[]> srtpProfiles() {
        if (!has(USE_SRTP)) {
            return Optional.empty();
        }
        var reader = reader(USE_SRTP);
        int[] profiles = reader.vector16().numbers16();
        reader.opaque8();
        return reader.isDone() ? Optional.of(profiles) : Optional.empty();
    }

    /** Whether use_srtp carries no MKI, as in a server's answer to an offer without one (RFC 5764, 4.1.3). */
    boolean hasNoMki() {
        var reader = reader(USE_SRTP);
        reader.vector16().numbers16();
        return reader.opaque8().length == 0 && reader.isDone();
    }

    /**
     * Whether DTLS 1.2 is among the supported_versions, or the extension is absent, so that the hello's own field
     * counts.
     */
    boolean allowsDtls12() {
        if (!has(SUPPORTED_VERSIONS)) {
            return true;
        }
        var reader = reader(SUPPORTED_VERSIONS);
        boolean found = false;
        for (int version : reader.vector8().numbers16()) {
            found |= version == DtlsRecord.DTLS_1_2;
        }
        return found && reader.isDone();
    }

    private Optional<int[]> numbers(int type) {
        if (!has(type)) {
            return Optional.empty();
        }
        var reader = reader(type);
        int[] numbers = reader.vector16().numbers16();
        return reader.isDone() ? Optional.of(numbers) : Optional.empty();
    }

    private ByteReader reader(int type) {
        return new ByteReader(values.getOrDefault(type, new byte[0]));
    }

    private boolean isExactly(int type, byte[] content) {
        return has(type) && Arrays.equals(values.get(type), content);
    }

    private static byte[] useSrtp(List<SrtpProfile> profiles) {
        var writer = new ByteWriter().u16(2 * profiles.size());
        profiles.forEach(profile -> writer.u16(profile.id()));
        return writer.u8(0).toBytes();
    }
}
