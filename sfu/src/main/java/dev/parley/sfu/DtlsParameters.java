package dev.parley.sfu;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One side's DTLS role and the hashes of its certificate.
 *
 * @param role the role of the side that these parameters describe
 * @param fingerprints hashes of its certificate, the preferred one (sha-256) first
 */
public record DtlsParameters(DtlsRole role, List<DtlsFingerprint> fingerprints) {
    /** A missing role is {@link DtlsRole#AUTO}. */
    public DtlsParameters {
        role = orAuto(role);
        fingerprints = Defaults.list(fingerprints);
    }

    private static DtlsRole orAuto(@Nullable DtlsRole role) {
        return role == null ? DtlsRole.AUTO : role;
    }
}
