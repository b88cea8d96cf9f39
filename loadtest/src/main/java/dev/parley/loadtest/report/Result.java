package dev.parley.loadtest.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a test found out; as JSON, the names of the components are the keys.
 *
 * @param options all options of the test, by their names
 * @param people who were to come
 * @param joined who came
 * @param join from connecting until both transports are connected and all there is flows or is announced
 * @param firstPacket from asking for a stream to its first packet
 * @param delay from making a packet to receiving it from the server, without those sent again; while measuring
 * @param server what its process used, if it is known
 * @param margin how much cheaper this program is than the server, if that is known
 * @param collections the server's pauses of garbage collection, if its log is known
 * @param faults what was wrong, in words; empty when the test is passed
 */
public record Result(
        Map<String, String> options,
        int people,
        int joined,
        Spread join,
        Spread firstPacket,
        Spread delay,
        Rates rates,
        Loss loss,
        Content content,
        Own own,
        Optional<Server> server,
        Optional<Margin> margin,
        Optional<Pauses> collections,
        List<String> faults) {
    /** Whether nothing was wrong. */
    public boolean passed() {
        return faults.isEmpty();
    }

    /**
     * What flowed while measuring.
     *
     * @param seconds the time of measuring
     * @param sent RTP packets a second that all people sent
     * @param received RTP packets a second that the server sent to them
     * @param sentMbit Mbit/s of those, as UDP carries them
     * @param receivedMbit Mbit/s of those
     */
    public record Rates(double seconds, double sent, double received, double sentMbit, double receivedMbit) {}

    /**
     * What was lost, over the whole test.
     *
     * @param imitated datagrams that the test itself took away
     * @param expected packets that should have come
     * @param before packets that did not come when they should have
     * @param repaired of those, that came when they were sent again
     * @param after packets of streams with retransmission that never came and were needed
     * @param overtaken packets of such streams that never came, and that a later key frame made needless
     * @param withoutRepair packets of streams without retransmission (audio) that never came
     * @param tooLate packets that came after they were given up; they count as lost
     * @param unexplained of those without repair, that the imitation did not take away
     * @param leftOut packets that the server left out without a gap in its sequence numbers, as one that is slow does
     * @param gaps runs of packets that never came
     * @param longestSilence ms between two packets of a stream at most
     * @param needless packets that came again although they had come
     */
    public record Loss(
            long imitated,
            long expected,
            long before,
            long repaired,
            long after,
            long overtaken,
            long withoutRepair,
            long tooLate,
            long unexplained,
            long leftOut,
            long gaps,
            double longestSilence,
            long needless) {}

    /**
     * What was checked, over the whole test.
     *
     * @param checkedStreams streams of which each packet was decrypted and checked
     * @param countedStreams streams of which packets were counted only
     * @param checkedPackets packets that were decrypted and checked
     * @param damaged packets with other bytes than were sent
     * @param strangers packets of another person or stream
     * @param notAuthentic packets that the keys do not fit
     * @param duplicates packets that came twice
     * @param misplaced packets that are older than the one before them
     * @param strays packets with a sequence number far from all others
     * @param silent streams of which nothing came
     */
    public record Content(
            int checkedStreams,
            int countedStreams,
            long checkedPackets,
            long damaged,
            long strangers,
            long notAuthentic,
            long duplicates,
            long misplaced,
            long strays,
            int silent) {}

    /**
     * What this program used while measuring.
     *
     * @param cpuSeconds of all its threads
     * @param sendingSeconds of those that send media
     * @param receivingSeconds of those that receive media, and answer it by reports, feedback and requests
     * @param sentPerCpuSecond RTP packets sent per second of the former
     * @param receivedPerCpuSecond RTP packets received per second of the latter
     * @param sockets over which media comes and goes: fewer than transports when they are shared
     * @param refused datagrams that a socket did not take, in the whole test
     * @param overflows datagrams that came to full sockets of this machine, whosever, in the whole test
     */
    public record Own(
            double cpuSeconds,
            double sendingSeconds,
            double receivingSeconds,
            double sentPerCpuSecond,
            double receivedPerCpuSecond,
            int sockets,
            long refused,
            long overflows) {}

    /**
     * How much less this program uses than the server, for the same packets.
     *
     * @param receiving packets received per CPU second of our threads that receive / packets that the server sent per
     *     CPU second of its media threads: at 2, a core of this program can take twice what a core of the server sends;
     *     0 when the server has no such threads
     * @param mediaThreads CPU time of the server's media threads / CPU time of all of ours, sending included
     * @param processes CPU time of the server / CPU time of this program
     */
    public record Margin(double receiving, double mediaThreads, double processes) {
        /** Between what both used in the same time. */
        public static Margin between(Own own, Server server) {
            return new Margin(
                    ratio(server.laneSeconds, own.receivingSeconds),
                    ratio(server.laneSeconds, own.sendingSeconds + own.receivingSeconds),
                    ratio(server.cpuSeconds, own.cpuSeconds));
        }

        private static double ratio(double theirs, double ours) {
            return ours > 0 ? theirs / ours : 0;
        }
    }

    /**
     * What the server's process used while measuring.
     *
     * @param cpuSeconds of all its threads
     * @param cores that is, per second
     * @param forwardedPerCpuSecond RTP packets that it sent, per second of those
     * @param laneSeconds of the threads that carry media (named parley-lane…), 0 when there are none
     * @param forwardedPerLaneSecond RTP packets that it sent, per second of those
     * @param residentMegabytes its memory at the end
     * @param kilobytesPerPerson by how much that grew from before the first came, for each who came
     */
    public record Server(
            double cpuSeconds,
            double cores,
            double forwardedPerCpuSecond,
            double laneSeconds,
            double forwardedPerLaneSecond,
            double residentMegabytes,
            double kilobytesPerPerson) {}

    /**
     * Pauses while measuring.
     *
     * @param count how many
     * @param totalMs all of them
     * @param longestMs the longest
     */
    public record Pauses(int count, double totalMs, double longestMs) {}
}
