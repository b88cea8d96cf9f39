/** The server: configuration, HTTPS, rooms, signalling. */
@NullMarked
package dev.parley.server;

import org.jspecify.annotations.NullMarked;
