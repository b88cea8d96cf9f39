/** A load tester: people without browsers who meet on a server, and who check and measure all that they receive. */
@NullMarked
package dev.parley.loadtest;

import org.jspecify.annotations.NullMarked;
