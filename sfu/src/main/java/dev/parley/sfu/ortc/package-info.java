/** Capabilities and parameters negotiation: pure functions. */
@NullMarked
package dev.parley.sfu.ortc;

import org.jspecify.annotations.NullMarked;
