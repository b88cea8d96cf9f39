package dev.parley.server.room;

import dev.parley.sfu.RtpCapabilities;
import java.util.List;

/**
 * What a client needs to know to be up to date; every later change comes as a {@link RoomEvent}.
 *
 * @param self the participant whose client it is
 * @param sessionToken the secret that takes this participant back
 * @param role of oneself
 * @param room what hosts have switched
 * @param waiting who is in the lobby; empty for guests
 * @param hands raised hands in order
 * @param files whether and how files may be sent
 * @param graceSeconds how long a lost connection may be resumed when no media comes
 * @param routerRtpCapabilities what the room's media speaks
 * @param participants the others
 * @param chat the chat so far, as far as it is remembered and may be seen
 * @param own what of one's own is still alive
 */
public record Snapshot(
        Participant self,
        String sessionToken,
        Role role,
        RoomSettings room,
        List<WaitingView> waiting,
        List<String> hands,
        Files files,
        long graceSeconds,
        RtpCapabilities routerRtpCapabilities,
        List<ParticipantView> participants,
        List<ChatMessage> chat,
        Own own) {
    /**
     * Files.
     *
     * @param limit bytes of one at most; 0: none may be sent
     * @param token the secret for uploads
     */
    public record Files(long limit, String token) {}

    /**
     * Ids of one's own objects that are still alive.
     *
     * @param transports transports
     * @param producers producers
     * @param consumers consumers
     * @param pausedByHost those of the producers that a host muted and that were not resumed since
     */
    public record Own(
            List<String> transports, List<String> producers, List<String> consumers, List<String> pausedByHost) {}
}
