/** RTCP packets, compound and reduced-size (RFC 3550, 4585, 5104, 5506, transport-wide congestion control). */
@NullMarked
package dev.parley.sfu.wire.rtcp;

import org.jspecify.annotations.NullMarked;
