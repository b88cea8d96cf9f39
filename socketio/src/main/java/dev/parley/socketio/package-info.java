/**
 * A Socket.IO server: Engine.IO protocol 4 and Socket.IO protocol 5, independent of any HTTP server.
 *
 * <p>{@link dev.parley.socketio.SocketIoServer} is the way in; {@code dev.parley.socketio.jetty} puts it on the
 * network.
 *
 * @see <a href="https://github.com/socketio/engine.io-protocol">Engine.IO protocol, revision 4</a>
 * @see <a href="https://github.com/socketio/socket.io-protocol">Socket.IO protocol, revision 5</a>
 */
@NullMarked
package dev.parley.socketio;

import org.jspecify.annotations.NullMarked;
