/** A consumer's view of a producer's ring: numbering, timestamps and headers of its own. */
@NullMarked
package dev.parley.sfu.engine.forward;

import org.jspecify.annotations.NullMarked;
