package dev.parley.server.room;

import dev.parley.sfu.RtpCapabilities;
import java.util.List;

/**
 * What a client needs to know to be up to date; every later change comes as a {@link RoomEvent}.
 *
 * @param self the participant whose client it is
 * @param routerRtpCapabilities what the room's media speaks
 * @param participants the others
 * @param chat the chat so far, as far as it is remembered
 * @param transports ids of one's own transports that are still alive
 * @param producers ids of one's own producers that are still alive
 * @param consumers ids of one's own consumers that are still alive
 */
public record Snapshot(
        Participant self,
        RtpCapabilities routerRtpCapabilities,
        List<ParticipantView> participants,
        List<ChatMessage> chat,
        List<String> transports,
        List<String> producers,
        List<String> consumers) {}
