/** The whole way of a packet, from datagram in to datagrams out over real sockets, next to programs in C. */
@NullMarked
package dev.parley.bench.forward;

import org.jspecify.annotations.NullMarked;
