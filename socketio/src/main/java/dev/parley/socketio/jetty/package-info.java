/** HTTP long polling and WebSocket for {@link dev.parley.socketio.SocketIoServer} on Jetty 12.1 (core API). */
@NullMarked
package dev.parley.socketio.jetty;

import org.jspecify.annotations.NullMarked;
