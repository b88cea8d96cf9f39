/** Where settings come from (options, environment, file, defaults) and what they mean. */
@NullMarked
package dev.parley.server.config;

import org.jspecify.annotations.NullMarked;
