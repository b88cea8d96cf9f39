/** DTLS 1.2 for WebRTC without sockets, clocks or threads (RFC 6347, 5764, 7627, 8827). */
@NullMarked
package dev.parley.sfu.engine.dtls;

import org.jspecify.annotations.NullMarked;
