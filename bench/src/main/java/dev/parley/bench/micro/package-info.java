/** The parts of the hot path, each by itself, in JMH. */
@NullMarked
package dev.parley.bench.micro;

import org.jspecify.annotations.NullMarked;
