package dev.parley.sfu;

/**
 * The SFU's ICE credentials for one transport (RFC 8445).
 *
 * @param usernameFragment by which checks find their transport
 * @param password with which checks are authenticated
 * @param iceLite always true: the SFU answers checks and sends none
 */
public record IceParameters(String usernameFragment, String password, boolean iceLite) {}
