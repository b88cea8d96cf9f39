package dev.parley.server.room;

import dev.parley.sfu.ActiveSpeakerEvent;
import dev.parley.sfu.ActiveSpeakerObserver;
import dev.parley.sfu.AudioLevelEvent;
import dev.parley.sfu.AudioLevelObserver;
import dev.parley.sfu.AudioLevelObserverOptions;
import dev.parley.sfu.Producer;
import dev.parley.sfu.SfuException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How loud everybody in a room is, and who speaks: listens to the microphones, and tells all. Shares the room's lock.
 */
final class RoomVoices {
    private static final Logger LOG = LoggerFactory.getLogger(RoomVoices.class);
    private static final Duration LEVEL_INTERVAL = Duration.ofMillis(250);
    private static final int LOUDEST = 10;
    private static final int AUDIBLE_DBOV = -60;

    private final Room room;
    private final AudioLevelObserver levels;
    private final ActiveSpeakerObserver speakers;

    // The microphone's producer, and whose it is.
    private Optional<OwnProducer> speakerProducer = Optional.empty();
    private Optional<Participant> speaker = Optional.empty();

    RoomVoices(Room room) {
        this.room = room;
        levels = room.router()
                .createAudioLevelObserver(new AudioLevelObserverOptions(LOUDEST, AUDIBLE_DBOV, LEVEL_INTERVAL));
        speakers = room.router().createActiveSpeakerObserver();
        levels.onEvent(this::onLevels);
        speakers.onEvent(this::onSpeaker);
    }

    /** Listens to a microphone from now on. Without the lock: it waits for the media server. */
    void listen(Producer producer) {
        try {
            levels.addProducer(producer);
            speakers.addProducer(producer);
        } catch (SfuException e) {
            // Closed in the meantime: then there is nothing to hear either.
            LOG.debug("Room {}: cannot listen to {}: {}", room.id(), producer.id(), e.getMessage());
        }
    }

    /** Tells a newcomer who speaks. With the lock held. */
    void tellActiveSpeaker(Participant newcomer) {
        speaker.ifPresent(who -> newcomer.send(new RoomEvent.ActiveSpeaker(Optional.of(who.id()))));
    }

    /** The producer is over: nobody speaks into it any more. With the lock held. */
    void ended(OwnProducer own) {
        if (speakerProducer.filter(current -> current == own).isPresent()) {
            speaker.ifPresent(this::forget);
        }
    }

    /** This one does not speak any more. With the lock held. */
    void forget(Participant participant) {
        if (speaker.filter(current -> current == participant).isPresent()) {
            speaker = Optional.empty();
            speakerProducer = Optional.empty();
            room.tellAll(new RoomEvent.ActiveSpeaker(Optional.empty()));
        }
    }

    private void onLevels(AudioLevelEvent event) {
        room.locked(() -> {
            var heard = new ArrayList<RoomEvent.Level>();
            if (event instanceof AudioLevelEvent.Volumes(var volumes)) {
                for (var volume : volumes) {
                    room.seats().senderOf(volume.producer().id())
                            .ifPresent(sender -> heard.add(new RoomEvent.Level(sender.id(), volume.volume())));
                }
            }
            room.tellAll(new RoomEvent.AudioLevels(heard));
            return heard;
        });
    }

    private void onSpeaker(ActiveSpeakerEvent event) {
        room.locked(() -> {
            switch (event) {
                case ActiveSpeakerEvent.DominantSpeaker(var producer) ->
                    room.seats().senderOf(producer.id()).ifPresent(sender -> speaks(sender, producer));
                case ActiveSpeakerEvent.Nobody nobody -> speaker.ifPresent(this::forget);
            }
            return event;
        });
    }

    private void speaks(Participant sender, Producer producer) {
        speakerProducer = Optional.ofNullable(sender.producers.get(producer.id()));
        if (speaker.filter(current -> current == sender).isEmpty()) {
            speaker = Optional.of(sender);
            room.tellAll(new RoomEvent.ActiveSpeaker(Optional.of(sender.id())));
        }
    }
}
