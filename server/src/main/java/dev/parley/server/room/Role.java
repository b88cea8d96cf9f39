package dev.parley.server.room;

import java.util.Optional;

/** What somebody may do in a room. The JSON name is the lower-case one. */
public enum Role {
    /** May do what {@link HostPowers} has. A room has any number of hosts, or none. */
    HOST,
    /** Everybody else. */
    GUEST;

    /** The role with this JSON name. */
    public static Optional<Role> of(String text) {
        return switch (text) {
            case "host" -> Optional.of(HOST);
            case "guest" -> Optional.of(GUEST);
            default -> Optional.empty();
        };
    }
}
