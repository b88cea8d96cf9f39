/** Engine.IO 4 and Socket.IO 5 for the JVM. */
@NullMarked
package dev.parley.socketio;

import org.jspecify.annotations.NullMarked;
