package dev.parley.loadtest;

import java.util.Optional;

/** What can be said on the command line or in a scenario file. */
enum Option {
    SCENARIO("NAME", "", "A scenario to begin with: see below. Other options change it"),
    FILE("FILE", "", "A file of options, one \"name = value\" a line without the dashes. The command line "
            + "changes them"),
    SERVER("URL", "https://localhost:3000", "The server"),
    SERVER_PID("PID", "", "The server's process, when it is on this machine: its CPU time and memory are measured"),
    GC_LOG("FILE", "", "The server's log of garbage collection (-Xlog:gc*:file=FILE): its pauses are reported"),
    ROOMS("N", "1", "Rooms"),
    PARTICIPANTS("N", "0", "People in each room who send and receive"),
    PUBLISHERS("N", "0", "People in each room who only send"),
    SUBSCRIBERS("N", "0", "People in each room who only receive"),
    RAMP("SECONDS", "2", "Time over which all come"),
    SETTLE("SECONDS", "2", "Time from then until measuring begins"),
    DURATION("SECONDS", "10", "Time of measuring"),
    AUDIO("KIND", "dtx", "off, muted (connected for it), dtx (Opus that pauses in silence) or steady (50 packets "
            + "a second)"),
    VIDEO_BITRATE("KBIT/S", "0", "Bitrate of each sender's camera (VP8, 30 frames a second); 0 for none"),
    SCREEN_BITRATE("KBIT/S", "0", "Bitrate of a shared screen of the first sender of each room; 0 for none"),
    FLAT_RATE("PACKETS/S", "0", "In place of a camera, video packets of one size at this even rate; 0 for none"),
    PACKET_SIZE("BYTES", "1100", "Payload of such a packet"),
    BURST("N", "1", "How many such packets leave at once, 1-10"),
    JOIN_RATE("N/S", "0", "While measuring, people who come again each second after they have left"),
    LEAVE_RATE("N/S", "0", "While measuring, people who leave each second"),
    LOSS("PERCENT", "0", "Share of all datagrams that is lost on purpose, each way, to be repaired"),
    PATIENCE("MS", "2000", "Time within which a loss must be repaired"),
    SAMPLE("PERCENT", "100", "Share of streams that are decrypted and checked byte by byte; the others are counted"),
    SEED("N", "1", "What all chance follows from"),
    THREADS("N", "1", "Threads that send media, and as many that receive"),
    CIPHERS("KIND", "auto", "auto, native (libcrypto) or java"),
    INTERVAL("MS", "0", "How long datagrams may gather before this program looks at them: less CPU, the same figures"),
    SOCKETS("KIND", "auto", "auto (transports share sockets when the server is on this machine: less CPU) or own "
            + "(each has one)"),
    REHEARSAL("N", "8", "People who come and go before the test, so that no cold start is measured"),
    JSON("FILE", "", "Where the result goes as JSON");

    private final String unit;
    private final String usual;
    private final String help;

    Option(String unit, String usual, String help) {
        this.unit = unit;
        this.usual = usual;
        this.help = help;
    }

    /** As it is written on the command line, without the dashes. */
    String key() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    String unit() {
        return unit;
    }

    /** Its value when it is not given; empty for none. */
    String usual() {
        return usual;
    }

    String help() {
        return help;
    }

    static Optional<Option> of(String key) {
        for (var option : values()) {
            if (option.key().equals(key)) {
                return Optional.of(option);
            }
        }
        return Optional.empty();
    }
}
