package dev.parley.sfu.lane;

import dev.parley.sfu.MediaKind;
import java.util.ArrayList;
import java.util.List;

/**
 * The producers that received something in this turn, each once. They forward before the turn ends: sound first, and
 * other lanes are told before this one begins with its own consumers. By index: no iterator is made each turn.
 */
final class Received {
    private final List<ProducerCore> sound = new ArrayList<>();
    private final List<ProducerCore> video = new ArrayList<>();

    void add(ProducerCore producer) {
        (producer.setup().kind() == MediaKind.AUDIO ? sound : video).add(producer);
    }

    boolean isEmpty() {
        return sound.isEmpty() && video.isEmpty();
    }

    /** Rings for the consumers on other lanes. */
    void tellOthers() {
        for (var i = 0; i < sound.size(); i++) {
            sound.get(i).tellOthers();
        }
        for (var i = 0; i < video.size(); i++) {
            video.get(i).tellOthers();
        }
    }

    /** Forwards to the consumers on this lane, and forgets all. */
    void forward(long now) {
        for (var i = 0; i < sound.size(); i++) {
            sound.get(i).forward(now);
        }
        for (var i = 0; i < video.size(); i++) {
            video.get(i).forward(now);
        }
        sound.clear();
        video.clear();
    }
}
