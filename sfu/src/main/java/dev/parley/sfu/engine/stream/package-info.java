/** One RTP stream, received or sent: ring, loss, repair, reports and statistics. */
@NullMarked
package dev.parley.sfu.engine.stream;

import org.jspecify.annotations.NullMarked;
