package dev.parley.sfu.engine.audio;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reports how loud each source was, once an interval, loudest first. When all become quieter than the threshold, that
 * is reported once. Used by one thread; only the {@link AudioMeter}s are shared.
 *
 * @param <S> what identifies a source
 */
public final class AudioLevels<S> {
    private final AudioLevelsConfig config;
    private final long intervalNanos;
    private final Map<S, Track> tracks = new LinkedHashMap<>();
    private long nextReport = Long.MAX_VALUE;
    private boolean silent = true;

    /** An observer without sources. */
    public AudioLevels(AudioLevelsConfig config) {
        this.config = config;
        this.intervalNanos = config.interval().toNanos();
    }

    /** Takes the reports. */
    public interface Out<S> {
        /** The sources above the threshold, loudest first, never empty, at most as many as configured. */
        void volumes(List<AudioVolume<S>> volumes);

        /** Nobody is above the threshold any more. */
        void silence();
    }

    /** Observes a source from now on; the first one starts the intervals. Adding it again starts it afresh. */
    public void add(long now, S source, AudioMeter meter) {
        if (tracks.isEmpty()) {
            nextReport = now + intervalNanos;
        }
        tracks.put(source, new Track(meter));
    }

    /** Forgets a source; unknown ones are ignored. */
    public void remove(S source) {
        tracks.remove(source);
        if (tracks.isEmpty()) {
            nextReport = Long.MAX_VALUE;
        }
    }

    /** When {@link #timeout} wants to be called, in monotonic nanoseconds; {@link Long#MAX_VALUE} if never. */
    public long nextTimeout() {
        return nextReport;
    }

    /** Reports if the interval is over; does nothing before. */
    public void timeout(long now, Out<S> out) {
        if (nextReport == Long.MAX_VALUE || now - nextReport < 0) {
            return;
        }
        // Behind by more than an interval (a stall): start over from now instead of reporting empty intervals in a
        // burst.
        nextReport = now - nextReport >= intervalNanos ? now + intervalNanos : nextReport + intervalNanos;
        var loud = loudest();
        if (!loud.isEmpty()) {
            silent = false;
            out.volumes(loud);
        } else if (!silent) {
            silent = true;
            out.silence();
        }
    }

    private List<AudioVolume<S>> loudest() {
        var loud = new ArrayList<AudioVolume<S>>();
        tracks.forEach((source, track) -> {
            int dbov = -track.take();
            if (dbov >= config.threshold() && dbov > -AudioMeter.SILENCE) {
                loud.add(new AudioVolume<>(source, dbov));
            }
        });
        loud.sort(Comparator.comparingInt((AudioVolume<S> volume) -> volume.dbov()).reversed());
        return List.copyOf(loud.size() > config.maxEntries() ? loud.subList(0, config.maxEntries()) : loud);
    }

    /** A meter and what it said last. */
    private static final class Track {
        private final AudioMeter meter;
        private long reading;

        Track(AudioMeter meter) {
            this.meter = meter;
            this.reading = meter.reading();
        }

        int take() {
            long earlier = reading;
            reading = meter.reading();
            return AudioMeter.average(earlier, reading);
        }
    }
}
