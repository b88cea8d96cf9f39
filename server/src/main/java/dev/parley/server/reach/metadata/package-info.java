/** The metadata services of clouds, which know the public addresses that a machine in them does not. */
@NullMarked
package dev.parley.server.reach.metadata;

import org.jspecify.annotations.NullMarked;
