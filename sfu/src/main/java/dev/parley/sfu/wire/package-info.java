/** Wire formats only: no state, no clock, no socket. */
@NullMarked
package dev.parley.sfu.wire;

import org.jspecify.annotations.NullMarked;
