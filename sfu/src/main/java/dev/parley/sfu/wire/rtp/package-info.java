/** RTP packets and their header extensions (RFC 3550, RFC 8285). */
@NullMarked
package dev.parley.sfu.wire.rtp;

import org.jspecify.annotations.NullMarked;
