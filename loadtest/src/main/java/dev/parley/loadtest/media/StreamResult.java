package dev.parley.loadtest.media;

/**
 * What came of one stream at one receiver.
 *
 * @param stream what it is
 * @param checked whether its packets were decrypted and checked, or only counted
 * @param timeToFirstPacket ns from asking for it, −1 when nothing came
 * @param packets that came, all in all
 * @param delivered packets in order
 * @param lostAtFirst packets that did not come when they should have
 * @param repaired of those, that came when they were sent again
 * @param lost packets that never came and were needed
 * @param overtaken packets that never came, and that a later key frame made needless
 * @param gaps runs of such packets
 * @param duplicates packets that had come before
 * @param needless packets that were sent again after all and had come before
 * @param tooLate packets that came after they were given up; they count as lost
 * @param leftOut packets that the server left out without a gap in its sequence numbers, as one that is slow does
 * @param misplaced packets that are older than the one before them
 * @param damaged packets whose bytes are not those that were sent
 * @param strangers packets of another person or stream
 * @param notAuthentic packets that the keys do not fit
 * @param strays packets with a sequence number far from all others
 * @param imitatedLosses packets that our own imitation of loss took away on the way from the server
 * @param longestSilence ns between two packets at most
 * @param lastNumber the sender's number of the newest packet in order, −1 when unknown
 */
public record StreamResult(
        Stream stream,
        boolean checked,
        long timeToFirstPacket,
        long packets,
        long delivered,
        long lostAtFirst,
        long repaired,
        long lost,
        long overtaken,
        long gaps,
        long duplicates,
        long needless,
        long tooLate,
        long leftOut,
        long misplaced,
        long damaged,
        long strangers,
        long notAuthentic,
        long strays,
        long imitatedLosses,
        long longestSilence,
        int lastNumber) {}
