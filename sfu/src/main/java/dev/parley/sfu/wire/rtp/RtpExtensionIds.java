package dev.parley.sfu.wire.rtp;

/** Which id each header extension has in one direction of one session. Immutable. */
public final class RtpExtensionIds {
    /** No extension was negotiated. */
    public static final RtpExtensionIds NONE = new RtpExtensionIds(new int[RtpExtension.values().length]);

    private final int[] ids;

    private RtpExtensionIds(int[] ids) {
        this.ids = ids;
    }

    /** The same with one more. @param id 1–255, not 15 */
    public RtpExtensionIds with(RtpExtension extension, int id) {
        if (id < 1 || id > 255 || id == RtpPacket.ONE_BYTE_STOP) {
            throw new IllegalArgumentException("A header extension's id is 1–14 or 16–255, not " + id);
        }
        var copy = ids.clone();
        copy[extension.ordinal()] = id;
        return new RtpExtensionIds(copy);
    }

    /** The id, or 0 when the extension was not negotiated. */
    public int id(RtpExtension extension) {
        return ids[extension.ordinal()];
    }
}
