package dev.parley.sfu.ortc;

import java.util.Optional;

/**
 * The profile in an H.264 profile-level-id (RFC 6184, 8.1): three bytes in hexadecimal.
 *
 * <pre>
 *  profile_idc      profile_iop                          level_idc
 * +-+-+-+-+-+-+-+-++----+----+----+----+----+----+-+-+  +-+-+-+-+-+-+-+-+
 * |   e.g. 0x42    ||set0|set1|set2|set3|set4|set5|0 0| |  e.g. 0x1f      |
 * +-+-+-+-+-+-+-+-++----+----+----+----+----+----+-+-+  +-+-+-+-+-+-+-+-+
 * </pre>
 *
 * Different bytes can mean the same profile (RFC 6184, table 5), so profiles are compared and not bytes.
 */
enum H264Profile {
    CONSTRAINED_BASELINE,
    BASELINE,
    MAIN,
    CONSTRAINED_HIGH,
    HIGH,
    HIGH_444_PREDICTIVE;

    /** What a codec without a profile-level-id means: constrained baseline at level 3.1. */
    static final String DEFAULT_ID = "42e01f";

    /** The profile; empty when the text is not a profile-level-id or names a profile that is not known here. */
    static Optional<H264Profile> of(String profileLevelId) {
        if (!profileLevelId.matches("[0-9a-fA-F]{6}")) {
            return Optional.empty();
        }
        int id = Integer.parseInt(profileLevelId, 16);
        return of(id >> 16, id >> 8 & 0xff);
    }

    private static Optional<H264Profile> of(int idc, int iop) {
        boolean set0 = (iop & 0x80) != 0;
        boolean set1 = (iop & 0x40) != 0;
        if ((iop & 0x03) != 0) {
            return Optional.empty(); // the reserved bits are zero in every profile
        }
        return switch (idc) {
            case 0x42 -> Optional.of(set1 ? CONSTRAINED_BASELINE : BASELINE);
            case 0x4d -> Optional.of(set0 ? CONSTRAINED_BASELINE : MAIN);
            case 0x58 -> set0 ? Optional.of(set1 ? CONSTRAINED_BASELINE : BASELINE) : Optional.empty();
            case 0x64 -> iop == 0x0c ? Optional.of(CONSTRAINED_HIGH) : Optional.of(HIGH);
            case 0xf4 -> Optional.of(HIGH_444_PREDICTIVE);
            default -> Optional.empty();
        };
    }

    /** Whether both ids are valid and mean the same profile, at whatever level. */
    static boolean same(String a, String b) {
        var profile = of(a);
        return profile.isPresent() && profile.equals(of(b));
    }
}
