/**
 * What happened, and whether it was allowed: every call, handler run and fault as a record, written
 * as JSON lines by each process, merged by monotonic time, and judged by {@link
 * dev.eventbus.conformance.history.Checker}.
 */
@NullMarked
package dev.eventbus.conformance.history;

import org.jspecify.annotations.NullMarked;
