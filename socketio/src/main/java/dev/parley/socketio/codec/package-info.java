/**
 * Socket.IO protocol 5: the packets and their text form. No state but that of a packet whose attachments are still
 * coming.
 *
 * @see <a href="https://github.com/socketio/socket.io-protocol">Socket.IO protocol</a>
 */
@NullMarked
package dev.parley.socketio.codec;

import org.jspecify.annotations.NullMarked;
