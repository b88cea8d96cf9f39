package dev.parley.loadtest.report;

import dev.parley.loadtest.media.Delays;
import dev.parley.loadtest.media.StreamResult;
import dev.parley.loadtest.report.Result.Content;
import dev.parley.loadtest.report.Result.Loss;
import java.util.ArrayList;
import java.util.List;

/** Adds up what came of all streams, and judges it. */
public final class Tally {
    private final Delays firstPackets = new Delays();
    private long expected;
    private long before;
    private long repaired;
    private long after;
    private long overtaken;
    private long withoutRepair;
    private long unexplained;
    private long tooLate;
    private long leftOut;
    private long gaps;
    private long longestSilence;
    private long needless;
    private int checkedStreams;
    private int countedStreams;
    private long checkedPackets;
    private long damaged;
    private long strangers;
    private long notAuthentic;
    private long duplicates;
    private long misplaced;
    private long strays;
    private int silent;

    /**
     * Adds a stream at one receiver.
     *
     * @param newest the number of the last packet that must have come; −1 when the sender or receiver has gone
     *     meanwhile, so that nobody can say
     * @param lostUpstream packets that the imitation took away between the sender and the server
     */
    public void add(StreamResult result, int newest, long lostUpstream) {
        boolean known = result.checked() && result.lastNumber() >= 0 && newest >= 0;
        long tail = known ? Math.max(0, newest - result.lastNumber()) : 0;
        long lost = result.lost() + tail;
        expected += result.delivered() + lost + result.overtaken();
        before += result.lostAtFirst() + tail;
        repaired += result.repaired();
        overtaken += result.overtaken();
        if (result.stream().hasRtx()) {
            after += lost;
        } else {
            withoutRepair += lost;
            unexplained += Math.max(0, lost - result.imitatedLosses() - lostUpstream);
        }
        gaps += result.gaps() + (tail > 0 ? 1 : 0);
        longestSilence = Math.max(longestSilence, result.longestSilence());
        needless += result.needless();
        tooLate += result.tooLate();
        leftOut += result.leftOut();
        addContent(result);
        if (result.timeToFirstPacket() >= 0) {
            firstPackets.record(result.timeToFirstPacket());
        } else if (newest >= 0) {
            silent++;
        }
    }

    private void addContent(StreamResult result) {
        checkedStreams += result.checked() ? 1 : 0;
        countedStreams += result.checked() ? 0 : 1;
        checkedPackets += result.checked() ? result.packets() : 0;
        damaged += result.damaged();
        strangers += result.strangers();
        notAuthentic += result.notAuthentic();
        duplicates += result.duplicates();
        misplaced += result.misplaced();
        strays += result.strays();
    }

    /** From asking for a stream to its first packet. */
    public Spread firstPacket() {
        return Spread.of(firstPackets);
    }

    /** What was lost. @param imitated datagrams that the test took away */
    public Loss loss(long imitated) {
        return new Loss(
                imitated,
                expected,
                before,
                repaired,
                after,
                overtaken,
                withoutRepair,
                tooLate,
                unexplained,
                leftOut,
                gaps,
                longestSilence / 1e6,
                needless);
    }

    /** What was checked. */
    public Content content() {
        return new Content(
                checkedStreams,
                countedStreams,
                checkedPackets,
                damaged,
                strangers,
                notAuthentic,
                duplicates,
                misplaced,
                strays,
                silent);
    }

    /**
     * What is wrong, in words.
     *
     * @param silence whether nobody was to send anything
     */
    public List<String> faults(boolean silence) {
        var faults = new ArrayList<String>();
        fault(faults, after, "packets were lost for good although they could have been sent again");
        fault(faults, unexplained, "packets without retransmission were lost, and not on purpose");
        fault(faults, leftOut, "packets were left out by the server, which could not keep up or lost its place");
        fault(faults, damaged, "packets have other bytes than were sent");
        fault(faults, strangers, "packets are of another person or stream than their receiver was told");
        fault(faults, notAuthentic, "packets are not authentic");
        fault(faults, duplicates, "packets came twice");
        fault(faults, misplaced, "packets are older than the one before them");
        fault(faults, strays, "packets have a sequence number far from all others");
        fault(faults, silent, "streams brought nothing");
        if (checkedStreams + countedStreams == 0 && !silence) {
            faults.add("Nothing was received, so nothing was tested.");
        }
        return faults;
    }

    private static void fault(List<String> faults, long count, String what) {
        if (count > 0) {
            faults.add("%,d %s.".formatted(count, what));
        }
    }
}
