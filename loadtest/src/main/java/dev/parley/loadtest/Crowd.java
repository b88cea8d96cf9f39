package dev.parley.loadtest;

import dev.parley.loadtest.media.AudioShape;
import dev.parley.loadtest.media.Delays;
import dev.parley.loadtest.media.FlatShape;
import dev.parley.loadtest.media.MediaException;
import dev.parley.loadtest.media.VideoShape;
import dev.parley.loadtest.signalling.Person;
import dev.parley.loadtest.signalling.Plan;
import dev.parley.loadtest.signalling.Refusal;
import dev.parley.loadtest.signalling.Room;
import dev.parley.loadtest.signalling.World;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** All people of a test: who they are, how they come and how they go. From any thread. */
final class Crowd {
    /** A place in a room, and what whoever takes it does there. */
    private record Place(Room room, Plan plan) {}

    /** Somebody at his place. */
    private record Seated(Place place, Person person) {}

    private final World world;
    private final SplittableRandom random;
    private final Deque<Place> free = new ArrayDeque<>();
    private final List<Seated> present = new ArrayList<>();
    private final List<Person> everybody = Collections.synchronizedList(new ArrayList<>());
    private final List<String> failures = Collections.synchronizedList(new ArrayList<>());
    private final List<Thread> moving = Collections.synchronizedList(new ArrayList<>());

    /** As many as the scenario has. */
    Crowd(Scenario scenario, World world) {
        this(scenario, world, scenario.people());
    }

    /** The first ones of a scenario. */
    Crowd(Scenario scenario, World world, int people) {
        this.world = world;
        random = new SplittableRandom(scenario.seed());
        Room room = new Room();
        for (int i = 0; i < Math.min(people, scenario.people()); i++) {
            room = i % scenario.perRoom() == 0 ? new Room() : room;
            free.add(new Place(room, plan(scenario, i % scenario.perRoom())));
        }
    }

    /**
     * What the n-th of a room does: first come those who only send, then those who do both, then those who only
     * receive.
     */
    private static Plan plan(Scenario scenario, int n) {
        boolean sends = n < scenario.publishers() + scenario.participants();
        boolean receives = n >= scenario.publishers();
        var sources = new ArrayList<Plan.Source>();
        if (sends && (scenario.audio() == Scenario.Audio.DTX || scenario.audio() == Scenario.Audio.STEADY)) {
            boolean pauses = scenario.audio() == Scenario.Audio.DTX;
            sources.add(new Plan.Source("microphone", false, () -> new AudioShape(pauses)));
        }
        if (sends && scenario.flatRate() > 0) {
            sources.add(new Plan.Source("camera", true, () ->
                    new FlatShape(scenario.flatRate(), scenario.packetSize(), scenario.burst())));
        } else if (sends && scenario.videoBitrate() > 0) {
            sources.add(new Plan.Source("camera", true, () -> new VideoShape(scenario.videoBitrate())));
        }
        if (sends && n == 0 && scenario.screenBitrate() > 0) {
            sources.add(new Plan.Source("screen", true, () -> new VideoShape(scenario.screenBitrate())));
        }
        return new Plan(List.copyOf(sources), sends, receives);
    }

    /** The next free place is taken, on a thread of its own. @return whether there was one */
    boolean comeOne() {
        Place place;
        synchronized (present) {
            place = free.poll();
        }
        if (place == null) {
            return false;
        }
        var person = new Person(world, place.room, place.plan);
        everybody.add(person);
        moving.add(Thread.ofVirtual().name("join").start(() -> {
            try {
                person.join();
                synchronized (present) {
                    present.add(new Seated(place, person));
                }
            } catch (Refusal | MediaException e) {
                failures.add(String.valueOf(e.getMessage()));
                person.leave();
            } catch (RuntimeException e) {
                failures.add("A person could not join: " + e);
                person.leave();
            }
        }));
        return true;
    }

    /** Somebody goes. */
    void leaveOne() {
        Optional<Seated> gone = Optional.empty();
        synchronized (present) {
            if (!present.isEmpty()) {
                gone = Optional.of(present.remove(random.nextInt(present.size())));
            }
        }
        gone.ifPresent(seated -> moving.add(Thread.ofVirtual().name("leave").start(() -> {
            seated.person.leave();
            synchronized (present) {
                free.add(seated.place);
            }
        })));
    }

    /** Waits until nobody is on the way. */
    void settle() throws InterruptedException {
        for (var thread : List.copyOf(moving)) {
            thread.join();
            moving.remove(thread);
        }
    }

    /** Everybody goes. */
    void leaveAll() throws InterruptedException {
        int here = present().size();
        for (int i = 0; i < here; i++) {
            leaveOne();
        }
        settle();
    }

    List<Person> present() {
        synchronized (present) {
            return present.stream().map(Seated::person).toList();
        }
    }

    /** Whether everybody receives something of each stream that others in the room send. */
    boolean allFlows() {
        List<Seated> all;
        synchronized (present) {
            all = List.copyOf(present);
        }
        var sent = new HashMap<Room, Integer>();
        all.forEach(seated -> sent.merge(seated.place.room, seated.place.plan.sends().size(), Integer::sum));
        return all.stream().filter(seated -> seated.place.plan.receives()).allMatch(seated -> {
            int others = sent.getOrDefault(seated.place.room, 0) - seated.place.plan.sends().size();
            return seated.person.flowing() >= others;
        });
    }

    /** All who ever came. */
    List<Person> everybody() {
        return List.copyOf(everybody);
    }

    /** Why some could not come. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    /** How long joining took. */
    Delays joinTimes() {
        var times = new Delays();
        for (var person : everybody()) {
            if (person.joinNanos() >= 0) {
                times.record(person.joinNanos());
            }
        }
        return times;
    }
}
