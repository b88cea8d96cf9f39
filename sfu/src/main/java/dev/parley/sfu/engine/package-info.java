/** Sans-IO protocol machines: told the time and the packets, they ask nobody. */
@NullMarked
package dev.parley.sfu.engine;

import org.jspecify.annotations.NullMarked;
