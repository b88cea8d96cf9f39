package dev.parley.server.reach;

import java.net.InetAddress;

/**
 * An address at which the world reaches this machine.
 *
 * @param address not a private one
 * @param source who said so, in words for the operator
 */
public record PublicAddress(InetAddress address, String source) {}
