/** coturn, the TURN server: its configuration, and looking after one that runs beside this server. */
@NullMarked
package dev.parley.server.coturn;

import org.jspecify.annotations.NullMarked;
