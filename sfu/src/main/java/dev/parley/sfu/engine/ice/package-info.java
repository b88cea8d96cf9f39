/** ICE: the server's lite side with consent, and a controlling client for tests and load (RFC 8445, RFC 7675). */
@NullMarked
package dev.parley.sfu.engine.ice;

import org.jspecify.annotations.NullMarked;
