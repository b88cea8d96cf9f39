package dev.parley.server.room;

import java.util.Optional;

/**
 * Somebody wants in.
 *
 * @param roomId the room
 * @param code the six digits, as typed
 * @param hostToken the secret of a host link
 * @param name already cleaned
 * @param address the joiner's address or network, by which wrong codes are counted
 * @param outbox the way to the joiner's client
 */
public record JoinRequest(
        String roomId,
        Optional<String> code,
        Optional<String> hostToken,
        String name,
        String address,
        Outbox outbox) {}
