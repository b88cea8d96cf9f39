/** Who is heard, and who speaks: from the audio levels that senders put into RTP (RFC 6464). */
@NullMarked
package dev.parley.sfu.engine.audio;

import org.jspecify.annotations.NullMarked;
