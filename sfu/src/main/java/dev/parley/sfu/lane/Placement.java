package dev.parley.sfu.lane;

/**
 * On which lane something new lives, where the kernel can be told to deliver there: few lanes, each well filled. A turn that
 * finds more to do does it for less, and a room whose streams are not read from other lanes wakes nobody.
 *
 * <p>How full a lane is, is the larger of what it does now and of what may come: somebody who has just joined does not
 * cost anything yet, and a transport does not move any more once it has begun.
 */
final class Placement {
    /** Below this, a lane takes new rooms. */
    static final double OPEN = 0.5;
    /** Below this, it takes more people of its rooms. */
    static final double STAY = 0.8;

    /** What to expect of each, as a share of a lane: reports and feedback; 50 packets a second; 400 of them. */
    private static final double TRANSPORT = 0.0002;

    private static final double SOUND = 0.0005;
    private static final double PICTURE = 0.002;

    private Placement() {}

    /** How full a lane is, 0 to 1 and more; from any thread. */
    static double load(LaneCore lane, long now) {
        var counts = lane.counts();
        var expected = counts.transports() * TRANSPORT
                + (counts.consumers() - counts.videoConsumers()) * SOUND
                + counts.videoConsumers() * PICTURE;
        return Math.max(expected, lane.load().share(now));
    }

    /**
     * The lane for a new room.
     *
     * @param loads how full each is
     */
    static int forRoom(double[] loads) {
        var least = 0;
        for (var i = 0; i < loads.length; i++) {
            if (loads[i] < OPEN) {
                return i;
            }
            least = loads[i] < loads[least] ? i : least;
        }
        return least;
    }

    /**
     * The lane for somebody new in a room.
     *
     * @param loads how full each is
     * @param room the room's own lane
     */
    static int inRoom(double[] loads, int room) {
        return loads[room] < STAY ? room : forRoom(loads);
    }
}
