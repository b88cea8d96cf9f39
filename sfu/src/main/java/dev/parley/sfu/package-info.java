/** The public API: an SFU inside your own Java program, with mediasoup's concepts and JSON. */
@NullMarked
package dev.parley.sfu;

import org.jspecify.annotations.NullMarked;
