/**
 * Engine.IO protocol 4: the codec and the session know no socket, clock or thread; {@link EngineConnection} gives
 * them those.
 *
 * @see <a href="https://github.com/socketio/engine.io-protocol">Engine.IO protocol</a>
 */
@NullMarked
package dev.parley.socketio.engine;

import org.jspecify.annotations.NullMarked;
