/** The duty cycle: sockets, timers and the transports homed on one thread. */
@NullMarked
package dev.parley.sfu.lane;

import org.jspecify.annotations.NullMarked;
