/** How clients get to the media port from any network: public addresses, TURN servers and their credentials. */
@NullMarked
package dev.parley.server.reach;

import org.jspecify.annotations.NullMarked;
