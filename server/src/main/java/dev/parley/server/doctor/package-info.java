/** {@code ./run doctor}: finds out, from the server's side, why somebody cannot connect. */
@NullMarked
package dev.parley.server.doctor;

import org.jspecify.annotations.NullMarked;
