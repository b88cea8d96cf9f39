/** What a load test found out: figures, a table, JSON. */
@NullMarked
package dev.parley.loadtest.report;

import org.jspecify.annotations.NullMarked;
