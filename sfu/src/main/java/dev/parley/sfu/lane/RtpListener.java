package dev.parley.sfu.lane;

import dev.parley.sfu.SfuException;
import dev.parley.sfu.wire.Bytes;
import dev.parley.sfu.wire.rtp.RtpExtension;
import dev.parley.sfu.wire.rtp.RtpPacket;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which producer of a transport a packet belongs to: by its SSRC, or, for one that announced no SSRC, by the media
 * id that the packet carries. Each transport has a listener of its own, so participants may use the same SSRCs.
 */
final class RtpListener {
    private final SsrcMap<ProducerCore> bySsrc;
    private final Map<String, ProducerCore> byMid = new HashMap<>();
    /**
     * The ids under which a packet may carry its media id: one on a bundled transport, where all streams use the same.
     */
    private int midId;

    RtpListener(int secret) {
        bySsrc = new SsrcMap<>(secret);
    }

    /** Adds a producer under all that it announced; nothing when one of its names is taken. */
    void add(ProducerCore producer) {
        var parameters = producer.setup().rtpParameters();
        var encoding = StreamConfigs.encodingOf(parameters);
        encoding.ssrc().ifPresent(this::refuseTaken);
        encoding.rtx().ifPresent(rtx -> refuseTaken(rtx.ssrc()));
        if (parameters.mid().filter(byMid::containsKey).isPresent()) {
            throw new SfuException(
                    "duplicate-stream",
                    "Media id \"" + parameters.mid().get()
                            + "\" is in use on this transport: close its producer first.");
        }
        if (encoding.ssrc().isEmpty() && parameters.mid().isEmpty()) {
            throw new SfuException(
                    "invalid-parameters", "The stream has neither an SSRC nor a media id: announce one of them.");
        }
        encoding.ssrc().ifPresent(ssrc -> bySsrc.put(ssrc, producer));
        encoding.rtx().ifPresent(rtx -> bySsrc.put(rtx.ssrc(), producer));
        parameters.mid().ifPresent(mid -> byMid.put(mid, producer));
        var id = StreamConfigs.extensions(parameters.headerExtensions()).id(RtpExtension.MID);
        midId = id != 0 ? id : midId;
    }

    private void refuseTaken(long ssrc) {
        if (bySsrc.get(ssrc) != null) {
            throw new SfuException(
                    "duplicate-stream", "SSRC " + ssrc + " is in use on this transport: close its producer first.");
        }
    }

    /** An SSRC that a producer's packets turned out to have. */
    void learn(long ssrc, ProducerCore producer) {
        bySsrc.put(ssrc, producer);
    }

    void remove(ProducerCore producer) {
        producer.ssrcs().forEach(bySsrc::remove);
        producer.setup().rtpParameters().mid().ifPresent(mid -> byMid.remove(mid, producer));
    }

    @Nullable ProducerCore find(long ssrc) {
        return bySsrc.get(ssrc);
    }

    /** By media id; only for producers that announced no SSRC and have learned none. */
    Optional<ProducerCore> findByMid(RtpPacket packet) {
        var at = packet.extensionOffset(midId);
        if (midId == 0 || at < 0 || byMid.isEmpty()) {
            return Optional.empty();
        }
        var length = packet.extensionLength(midId);
        var mid = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            mid.append((char) Bytes.u8(packet.segment(), packet.offset() + at + i));
        }
        return Optional.ofNullable(byMid.get(mid.toString())).filter(ProducerCore::learnsSsrc);
    }
}
