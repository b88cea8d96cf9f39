/** `./run top`: a live table of a running server, in a terminal. */
@NullMarked
package dev.parley.server.top;

import org.jspecify.annotations.NullMarked;
