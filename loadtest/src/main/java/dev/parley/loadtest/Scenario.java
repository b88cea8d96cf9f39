package dev.parley.loadtest;

import dev.parley.sfu.engine.srtp.SrtpProvider;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a test does. Each component is described at the {@link Option} of its name.
 *
 * @param name of the preset, or {@code custom}
 * @param videoBitrate bit/s, 0 for none
 * @param screenBitrate bit/s, 0 for none
 * @param flatRate packets a second, 0 for none
 * @param packetSize bytes of payload
 * @param joinRate people a second
 * @param leaveRate people a second
 * @param loss 0–1
 * @param sample 0–1
 */
record Scenario(
        String name,
        URI server,
        OptionalLong serverPid,
        Optional<Path> gcLog,
        int rooms,
        int participants,
        int publishers,
        int subscribers,
        Duration ramp,
        Duration settle,
        Duration duration,
        Audio audio,
        int videoBitrate,
        int screenBitrate,
        int flatRate,
        int packetSize,
        int burst,
        double joinRate,
        double leaveRate,
        double loss,
        Duration patience,
        double sample,
        long seed,
        int threads,
        SrtpProvider ciphers,
        Duration interval,
        boolean shareSockets,
        int rehearsal,
        Optional<Path> json) {
    /** What people say. */
    enum Audio {
        /** Nothing. */
        OFF,
        /** Nothing, but the transport for it is connected. */
        MUTED,
        /** Opus that pauses in silence. */
        DTX,
        /** Opus, 50 packets a second. */
        STEADY
    }

    /** People in one room. */
    int perRoom() {
        return participants + publishers + subscribers;
    }

    /** All people. */
    int people() {
        return rooms * perRoom();
    }
}
