/** The kit that proves a driver: clauses, workloads, faults, history checker and report. */
@NullMarked
package dev.eventbus.conformance;

import org.jspecify.annotations.NullMarked;
