/** Runs members, publishers and faults on one topic, waits for the end, and judges the history. */
@NullMarked
package dev.eventbus.conformance.workload;

import org.jspecify.annotations.NullMarked;
