package dev.parley.sfu.lane;

/** IPv6 addresses as RFC 5952 writes them. */
final class Ipv6Text {
    private static final int GROUPS = 8;

    private Ipv6Text() {}

    static String of(byte[] address) {
        var start = 0;
        var longest = 0;
        for (int i = 0; i < GROUPS; i++) {
            var zeros = zerosFrom(address, i);
            if (zeros > longest) {
                start = i;
                longest = zeros;
            }
        }
        // A single group of zeros is written out (RFC 5952, 4.2.2).
        return longest < 2
                ? groups(address, 0, GROUPS)
                : groups(address, 0, start) + "::" + groups(address, start + longest, GROUPS);
    }

    private static int zerosFrom(byte[] address, int from) {
        var end = from;
        while (end < GROUPS && group(address, end) == 0) {
            end++;
        }
        return end - from;
    }

    private static String groups(byte[] address, int from, int to) {
        var text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append(i > from ? ":" : "").append(Integer.toHexString(group(address, i)));
        }
        return text.toString();
    }

    private static int group(byte[] address, int index) {
        return (address[index * 2] & 0xff) << 8 | address[index * 2 + 1] & 0xff;
    }
}
