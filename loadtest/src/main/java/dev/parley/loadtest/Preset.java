package dev.parley.loadtest;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Scenarios by name. */
enum Preset {
    SMOKE("One sender with camera and microphone, ten receivers", "publishers=1 subscribers=10 video-bitrate=1000"),
    AUDIO_500(
            "500 people in rooms of five who talk, without cameras; whoever is silent sends almost nothing (DTX); "
                    + "for 60 s",
            "rooms=100 participants=5 audio=dtx ramp=90 duration=60 rehearsal=40 interval=4"),
    IDLE(
            "50 rooms of five who say and see nothing: how much memory a person takes",
            "rooms=50 participants=5 audio=muted ramp=25 settle=2 duration=15 rehearsal=100"),
    STEADY_500(
            "The same with everybody speaking all the time",
            "rooms=100 participants=5 audio=steady ramp=90 duration=60 rehearsal=40 interval=4"),
    VIDEO_80(
            "20 rooms of four with cameras of 500 kbit/s and microphones, for 60 s",
            "rooms=20 participants=4 audio=steady video-bitrate=500 ramp=20 duration=60 rehearsal=20 interval=4"),
    FAN_10(
            "The load that SFUs are compared by: 400 packets of 1100 bytes a second to ten receivers",
            "publishers=1 subscribers=10 audio=off flat-rate=400 packet-size=1100 duration=30"),
    FAN_50(
            "The same with 100 packets a second to fifty receivers",
            "publishers=1 subscribers=50 audio=off flat-rate=100 packet-size=1100 ramp=5 duration=30"),
    FLOOD(
            "One who sends 1000 packets of 1100 bytes a second, evenly, to fifty: about what a core of a server "
                    + "carries",
            "publishers=1 subscribers=50 audio=off flat-rate=1000 packet-size=1100 ramp=5 duration=15 interval=4 "
                    + "sample=20"),
    SCREEN("Four with cameras, one of whom shares a screen", "participants=4 video-bitrate=800 screen-bitrate=1500"),
    LOSSY("Four with cameras over a network that loses 2 % each way", "participants=4 video-bitrate=800 loss=2"),
    CHURN(
            "Rooms of four where somebody leaves or comes each half second",
            "rooms=5 participants=4 video-bitrate=300 join-rate=2 leave-rate=2 duration=30");

    private final String help;
    private final String options;

    Preset(String help, String options) {
        this.help = help;
        this.options = options;
    }

    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String help() {
        return help;
    }

    /** The options that it stands for, separated by blanks. */
    String options() {
        return options;
    }

    static Optional<Preset> of(String key) {
        return Arrays.stream(values()).filter(preset -> preset.key().equals(key)).findFirst();
    }
}
