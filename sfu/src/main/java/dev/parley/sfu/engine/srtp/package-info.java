/** SRTP and SRTCP (RFC 3711, 7714): keys, packet indexes, replay windows and, behind a small seam, the ciphers. */
@NullMarked
package dev.parley.sfu.engine.srtp;

import org.jspecify.annotations.NullMarked;
