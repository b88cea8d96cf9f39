/** What the operator sees of a running server: statistics, Prometheus metrics, and the socket that `./run top` asks. */
@NullMarked
package dev.parley.server.admin;

import org.jspecify.annotations.NullMarked;
