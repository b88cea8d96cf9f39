/** STUN messages as ICE needs them (RFC 8489, RFC 8445). */
@NullMarked
package dev.parley.sfu.wire.stun;

import org.jspecify.annotations.NullMarked;
