/**
 * What an SFU does once, before its port opens: meetings of its own on a lane of its own, so that the first packet of
 * the first real one meets compiled code ({@link dev.parley.sfu.startup.WarmUp}), and a goal for the heap of a JVM that
 * makes garbage ({@link dev.parley.sfu.startup.SmallHeap}). Nothing in here is needed for a packet to be forwarded.
 */
@NullMarked
package dev.parley.sfu.startup;

import org.jspecify.annotations.NullMarked;
