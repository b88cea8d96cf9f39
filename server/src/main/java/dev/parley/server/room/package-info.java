/** Rooms, who is in them, meeting codes, lock-out and chat. Knows nothing of sockets. */
@NullMarked
package dev.parley.server.room;

import org.jspecify.annotations.NullMarked;
