package dev.parley.sfu.startup;

import dev.parley.sfu.CloseReason;
import dev.parley.sfu.MediaKind;
import dev.parley.sfu.RtcpFeedback;
import dev.parley.sfu.RtcpParameters;
import dev.parley.sfu.RtpCodecParameters;
import dev.parley.sfu.RtpEncodingParameters;
import dev.parley.sfu.RtpHeaderExtensionParameters;
import dev.parley.sfu.RtpParameters;
import dev.parley.sfu.engine.srtp.SrtpProfile;
import dev.parley.sfu.lane.ConsumerSetup;
import dev.parley.sfu.lane.ProducerSetup;
import dev.parley.sfu.ortc.Ortc;
import dev.parley.sfu.wire.rtp.RtpExtension;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** One meeting of the {@link WarmUp}: somebody publishes a stream, three others receive it and report on it. */
final class Rehearsal {
    /** For three subscribers more datagrams than a lane lets wait for each other. */
    private static final int VIDEO_FRAME = 12;
    private static final int VIDEO_PAYLOAD = 600;
    private static final int AUDIO_PAYLOAD = 80;
    private static final int FRAMES_EVERY = 8;
    private static final int RTCP_EVERY = 16;
    private static final int DRAIN_EVERY = 16;

    private final WarmUp stage;
    private final Sort sort;
    private final List<RehearsalClient> subscribers = new ArrayList<>();
    private final RehearsalClient publisher;
    private final SyntheticStream stream;
    private long received;

    /**
     * What a meeting is about.
     *
     * @param kind of the stream
     * @param extended whether its packets carry header extensions, on both sides
     * @param profile of the publisher; the subscribers have several
     */
    record Sort(MediaKind kind, boolean extended, SrtpProfile profile) {
        private static final int PROFILES_CHANGE_EVERY = 4;

        /** The sorts in turn. */
        static Sort number(int n) {
            return new Sort(
                    n % 4 == 2 ? MediaKind.AUDIO : MediaKind.VIDEO,
                    n % 2 == 0,
                    n % (2 * PROFILES_CHANGE_EVERY) == PROFILES_CHANGE_EVERY
                            ? SrtpProfile.AES_CM_128_HMAC_SHA1_80
                            : SrtpProfile.AEAD_AES_128_GCM);
        }

        /** Each sort once. */
        static Set<Sort> all() {
            return IntStream.range(0, 2 * PROFILES_CHANGE_EVERY)
                    .mapToObj(Sort::number)
                    .collect(Collectors.toCollection(LinkedHashSet::new));
        }

        boolean video() {
            return kind == MediaKind.VIDEO;
        }
    }

    Rehearsal(WarmUp stage, Arena arena, Sort sort) throws IOException {
        this.stage = stage;
        this.sort = sort;
        var here = stage.nextAddress();
        publisher = new RehearsalClient(stage, arena, here, sort.profile());
        var parameters = parameters(SyntheticStream.SSRC);
        var mapping = Ortc.mapping(parameters, stage.router().capabilities());
        var producer = publisher
                .transport()
                .produce(stage.now(), new ProducerSetup("p", sort.kind(), parameters, mapping, false), event -> {});
        for (var profile : List.of(
                SrtpProfile.AEAD_AES_128_GCM, SrtpProfile.AEAD_AES_128_GCM, SrtpProfile.AES_CM_128_HMAC_SHA1_80)) {
            var subscriber = new RehearsalClient(stage, arena, here, profile);
            subscribers.add(subscriber);
            var setup = new ConsumerSetup("c" + subscribers.size(), sort.kind(), parameters(subscribers.size()));
            subscriber
                    .transport()
                    .consume(stage.now(), setup, producer, event -> {})
                    .resume(stage.now());
        }
        stream = new SyntheticStream(
                arena,
                publisher.out(),
                publisher.remote(),
                publisher.srtp(),
                sort.video(),
                sort.extended(),
                sort.video() ? VIDEO_PAYLOAD : AUDIO_PAYLOAD);
    }

    /** Plays so many turns, fewer when the time is over. @return how many */
    int play(int turns, long deadline) {
        int turn = 0;
        while (turn < turns && System.nanoTime() < deadline) {
            int packets = sort.video() && turn % FRAMES_EVERY == 0 ? VIDEO_FRAME : 1;
            for (int i = 0; i < packets; i++) {
                stream.packet(i, packets);
            }
            publisher.flush();
            if (turn % RTCP_EVERY == 0) {
                int who = turn / RTCP_EVERY % subscribers.size();
                subscribers.get(who).report(who + 1);
                subscribers.get(who).check();
                publisher.check();
            }
            stage.turn();
            if (++turn % DRAIN_EVERY == 0) {
                publisher.drain();
                for (var subscriber : subscribers) {
                    received += subscriber.drain();
                }
            }
        }
        return turn;
    }

    /** How many datagrams the subscribers took. */
    long received() {
        return received;
    }

    /** Everybody leaves. */
    void close() {
        publisher.close(CloseReason.CLOSE_CALLED);
        subscribers.forEach(subscriber -> subscriber.close(CloseReason.CLOSE_CALLED));
    }

    private RtpParameters parameters(long ssrc) {
        var codec = sort.video()
                ? new RtpCodecParameters(
                        "video/VP8",
                        SyntheticStream.VIDEO_TYPE,
                        90_000,
                        OptionalInt.empty(),
                        Map.of(),
                        List.of(
                                RtcpFeedback.of("nack"),
                                new RtcpFeedback("nack", "pli"),
                                RtcpFeedback.of("transport-cc")))
                : new RtpCodecParameters(
                        "audio/opus",
                        SyntheticStream.AUDIO_TYPE,
                        48_000,
                        OptionalInt.of(2),
                        Map.of(),
                        List.of(RtcpFeedback.of("transport-cc")));
        var extensions = List.of(
                RtpHeaderExtensionParameters.of(RtpExtension.MID.uri(), 1),
                RtpHeaderExtensionParameters.of(RtpExtension.ABS_SEND_TIME.uri(), 4),
                RtpHeaderExtensionParameters.of(RtpExtension.TRANSPORT_CC.uri(), SyntheticStream.TRANSPORT_CC_ID));
        return new RtpParameters(
                Optional.of("0"),
                List.of(codec),
                sort.extended() ? extensions : List.of(),
                List.of(RtpEncodingParameters.of(ssrc)),
                new RtcpParameters(Optional.of("warm"), true));
    }
}
