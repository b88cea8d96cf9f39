/** The messages of docs/signalling.md and what they do to rooms and media. */
@NullMarked
package dev.parley.server.signalling;

import org.jspecify.annotations.NullMarked;
