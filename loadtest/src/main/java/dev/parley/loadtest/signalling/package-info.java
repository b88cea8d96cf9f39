/** The people of the load test: what they say to the server, as docs/signalling.md has it. */
@NullMarked
package dev.parley.loadtest.signalling;

import org.jspecify.annotations.NullMarked;
