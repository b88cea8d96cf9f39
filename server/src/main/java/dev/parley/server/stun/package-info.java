/**
 * The client's part of STUN and TURN (RFC 8489, RFC 8656), as far as finding addresses and checking relays needs it.
 */
@NullMarked
package dev.parley.server.stun;

import org.jspecify.annotations.NullMarked;
